package dev.smt.jobs.jdbc;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.hive.service.rpc.thrift.TCloseSessionResp;
import org.apache.hive.service.rpc.thrift.TGetInfoReq;
import org.apache.hive.service.rpc.thrift.TGetInfoResp;
import org.apache.hive.service.rpc.thrift.TGetInfoValue;
import org.apache.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.hive.service.rpc.thrift.TSessionHandle;
import org.apache.hive.service.rpc.thrift.TSetClientInfoReq;
import org.apache.hive.service.rpc.thrift.TSetClientInfoResp;
import org.apache.hive.service.rpc.thrift.TStatus;
import org.apache.hive.service.rpc.thrift.TStatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls that open and close a connection's sessions, and ask about the server. */
abstract class SessionCalls extends RefusedCalls {
    /** The version that brought intervals; the later ones add nothing that is offered here. */
    private static final TProtocolVersion NEWEST = TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V8;
    /** The first that sends rows column by column. */
    private static final TProtocolVersion OLDEST = TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V6;

    private static final String DATABASE = "use:database";
    private static final Logger LOG = LoggerFactory.getLogger(SessionCalls.class);

    private final ConnectionContext context;
    private final Optional<String> user;
    private final OpenOperations operations;
    private final Set<UUID> sessions = new HashSet<>();

    SessionCalls(ConnectionContext context, Optional<String> user, OpenOperations operations) {
        this.context = context;
        this.user = user;
        this.operations = operations;
    }

    /** What a piece of work ended with. */
    static TStatus status(Runnable work) {
        try {
            work.run();
            return new TStatus(TStatusCode.SUCCESS_STATUS);
        } catch (RuntimeException wrong) {
            LOG.debug("a call was refused", wrong);
            return StatementFailure.of(wrong).status();
        }
    }

    /** @throws StatementFailure where this connection has no such session */
    final UUID session(TSessionHandle handle) {
        UUID id = OpenOperations.id(handle.getSessionId());
        if (!sessions.contains(id)) {
            throw new StatementFailure(StatementFailure.NO_CONNECTION, "there is no such session");
        }
        return id;
    }

    @Override
    public TOpenSessionResp OpenSession(TOpenSessionReq request) {
        UUID session = UUID.randomUUID();
        TOpenSessionResp response = new TOpenSessionResp();
        response.setServerProtocolVersion(older(request.getClient_protocol(), NEWEST));
        response.setStatus(status(() -> {
            if (context.clients().passwords().areNeeded() && user.isEmpty()) {
                throw new StatementFailure(
                        StatementFailure.NOT_AUTHORIZED,
                        "a user and a password are needed; connect without auth=noSasl");
            }
            if (request.getClient_protocol().getValue() < OLDEST.getValue()) {
                throw new StatementFailure(
                        StatementFailure.NOT_SUPPORTED,
                        "the driver is too old (" + request.getClient_protocol() + "); take one of Hive 0.13 or later");
            }
            if (request.isSetConfiguration()) {
                CatalogStatements.requireSchema(request.getConfiguration().get(DATABASE));
            }
            sessions.add(session);
            response.setSessionHandle(new TSessionHandle(OpenOperations.handle(session)));
            response.setConfiguration(ServerInfo.CONFIGURATION);
        }));
        return response;
    }

    private static TProtocolVersion older(TProtocolVersion one, TProtocolVersion other) {
        return one.getValue() < other.getValue() ? one : other;
    }

    @Override
    public TCloseSessionResp CloseSession(TCloseSessionReq request) {
        return new TCloseSessionResp(status(() -> {
            UUID session = session(request.getSessionHandle());
            operations.closeOf(session);
            sessions.remove(session);
        }));
    }

    @Override
    public TSetClientInfoResp SetClientInfo(TSetClientInfoReq request) {
        return new TSetClientInfoResp(status(() -> session(request.getSessionHandle())));
    }

    @Override
    public TGetInfoResp GetInfo(TGetInfoReq request) {
        TGetInfoResp response = new TGetInfoResp();
        response.setInfoValue(TGetInfoValue.stringValue(""));
        response.setStatus(status(() -> {
            session(request.getSessionHandle());
            response.setInfoValue(ServerInfo.of(
                    request.getInfoType(), context.warehouse().spark().version()));
        }));
        return response;
    }
}
