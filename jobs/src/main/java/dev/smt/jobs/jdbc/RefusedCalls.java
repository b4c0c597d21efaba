package dev.smt.jobs.jdbc;

import java.util.UUID;
import org.apache.hive.service.rpc.thrift.TCLIService;
import org.apache.hive.service.rpc.thrift.TCancelDelegationTokenReq;
import org.apache.hive.service.rpc.thrift.TCancelDelegationTokenResp;
import org.apache.hive.service.rpc.thrift.TDownloadDataReq;
import org.apache.hive.service.rpc.thrift.TDownloadDataResp;
import org.apache.hive.service.rpc.thrift.TGetDelegationTokenReq;
import org.apache.hive.service.rpc.thrift.TGetDelegationTokenResp;
import org.apache.hive.service.rpc.thrift.TOperationHandle;
import org.apache.hive.service.rpc.thrift.TOperationType;
import org.apache.hive.service.rpc.thrift.TRenewDelegationTokenReq;
import org.apache.hive.service.rpc.thrift.TRenewDelegationTokenResp;
import org.apache.hive.service.rpc.thrift.TStatus;
import org.apache.hive.service.rpc.thrift.TUploadDataReq;
import org.apache.hive.service.rpc.thrift.TUploadDataResp;

/** Calls of the protocol that this server has no use for. */
abstract class RefusedCalls implements TCLIService.Iface {
    /** The protocol wants one even in a refusal. */
    private static final TOperationHandle NONE =
            new TOperationHandle(OpenOperations.handle(new UUID(0, 0)), TOperationType.UNKNOWN, false);

    private static TStatus refused(String what) {
        return new StatementFailure(StatementFailure.NOT_SUPPORTED, what + " are not supported").status();
    }

    @Override
    public final TGetDelegationTokenResp GetDelegationToken(TGetDelegationTokenReq request) {
        return new TGetDelegationTokenResp(refused("delegation tokens"));
    }

    @Override
    public final TCancelDelegationTokenResp CancelDelegationToken(TCancelDelegationTokenReq request) {
        return new TCancelDelegationTokenResp(refused("delegation tokens"));
    }

    @Override
    public final TRenewDelegationTokenResp RenewDelegationToken(TRenewDelegationTokenReq request) {
        return new TRenewDelegationTokenResp(refused("delegation tokens"));
    }

    @Override
    public final TUploadDataResp UploadData(TUploadDataReq request) {
        return new TUploadDataResp(refused("uploads"), NONE);
    }

    @Override
    public final TDownloadDataResp DownloadData(TDownloadDataReq request) {
        return new TDownloadDataResp(refused("downloads"), NONE);
    }
}
