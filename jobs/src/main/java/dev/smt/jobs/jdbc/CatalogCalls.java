package dev.smt.jobs.jdbc;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hive.service.rpc.thrift.TGetCatalogsReq;
import org.apache.hive.service.rpc.thrift.TGetCatalogsResp;
import org.apache.hive.service.rpc.thrift.TGetColumnsReq;
import org.apache.hive.service.rpc.thrift.TGetColumnsResp;
import org.apache.hive.service.rpc.thrift.TGetCrossReferenceReq;
import org.apache.hive.service.rpc.thrift.TGetCrossReferenceResp;
import org.apache.hive.service.rpc.thrift.TGetFunctionsReq;
import org.apache.hive.service.rpc.thrift.TGetFunctionsResp;
import org.apache.hive.service.rpc.thrift.TGetPrimaryKeysReq;
import org.apache.hive.service.rpc.thrift.TGetPrimaryKeysResp;
import org.apache.hive.service.rpc.thrift.TGetSchemasReq;
import org.apache.hive.service.rpc.thrift.TGetSchemasResp;
import org.apache.hive.service.rpc.thrift.TGetTableTypesReq;
import org.apache.hive.service.rpc.thrift.TGetTableTypesResp;
import org.apache.hive.service.rpc.thrift.TGetTablesReq;
import org.apache.hive.service.rpc.thrift.TGetTablesResp;
import org.apache.hive.service.rpc.thrift.TGetTypeInfoReq;
import org.apache.hive.service.rpc.thrift.TGetTypeInfoResp;
import org.apache.hive.service.rpc.thrift.TOperationHandle;
import org.apache.hive.service.rpc.thrift.TOperationType;
import org.apache.hive.service.rpc.thrift.TSessionHandle;

/** The calls that ask what there is: types, tables, columns. */
abstract class CatalogCalls extends SessionCalls {
    private final OpenOperations operations;
    private final Catalog catalog;

    CatalogCalls(ConnectionContext context, Optional<String> user, OpenOperations operations) {
        super(context, user, operations);
        this.operations = operations;
        this.catalog = context.catalog();
    }

    private TOperationHandle answered(TSessionHandle session, TOperationType type, Supplier<Answer> answer) {
        operations.requireRoom();
        return operations.add(session(session), type, answer.get());
    }

    @Override
    public TGetTypeInfoResp GetTypeInfo(TGetTypeInfoReq request) {
        TGetTypeInfoResp response = new TGetTypeInfoResp();
        response.setStatus(status(() -> response.setOperationHandle(
                answered(request.getSessionHandle(), TOperationType.GET_TYPE_INFO, catalog::types))));
        return response;
    }

    @Override
    public TGetCatalogsResp GetCatalogs(TGetCatalogsReq request) {
        TGetCatalogsResp response = new TGetCatalogsResp();
        response.setStatus(status(() -> response.setOperationHandle(
                answered(request.getSessionHandle(), TOperationType.GET_CATALOGS, catalog::catalogs))));
        return response;
    }

    @Override
    public TGetSchemasResp GetSchemas(TGetSchemasReq request) {
        TGetSchemasResp response = new TGetSchemasResp();
        response.setStatus(status(() -> response.setOperationHandle(answered(
                request.getSessionHandle(),
                TOperationType.GET_SCHEMAS,
                () -> catalog.schemas(request.getSchemaName())))));
        return response;
    }

    @Override
    public TGetTablesResp GetTables(TGetTablesReq request) {
        TGetTablesResp response = new TGetTablesResp();
        response.setStatus(status(() -> response.setOperationHandle(answered(
                request.getSessionHandle(),
                TOperationType.GET_TABLES,
                () -> catalog.tables(request.getSchemaName(), request.getTableName(), request.getTableTypes())))));
        return response;
    }

    @Override
    public TGetTableTypesResp GetTableTypes(TGetTableTypesReq request) {
        TGetTableTypesResp response = new TGetTableTypesResp();
        response.setStatus(status(() -> response.setOperationHandle(
                answered(request.getSessionHandle(), TOperationType.GET_TABLE_TYPES, catalog::tableTypes))));
        return response;
    }

    @Override
    public TGetColumnsResp GetColumns(TGetColumnsReq request) {
        TGetColumnsResp response = new TGetColumnsResp();
        response.setStatus(status(() -> response.setOperationHandle(answered(
                request.getSessionHandle(),
                TOperationType.GET_COLUMNS,
                () -> catalog.columns(request.getSchemaName(), request.getTableName(), request.getColumnName())))));
        return response;
    }

    @Override
    public TGetFunctionsResp GetFunctions(TGetFunctionsReq request) {
        TGetFunctionsResp response = new TGetFunctionsResp();
        response.setStatus(status(() -> response.setOperationHandle(
                answered(request.getSessionHandle(), TOperationType.GET_FUNCTIONS, catalog::functions))));
        return response;
    }

    @Override
    public TGetPrimaryKeysResp GetPrimaryKeys(TGetPrimaryKeysReq request) {
        TGetPrimaryKeysResp response = new TGetPrimaryKeysResp();
        response.setStatus(status(() -> response.setOperationHandle(answered(
                request.getSessionHandle(),
                TOperationType.UNKNOWN,
                () -> catalog.primaryKeys(request.getSchemaName(), request.getTableName())))));
        return response;
    }

    @Override
    public TGetCrossReferenceResp GetCrossReference(TGetCrossReferenceReq request) {
        TGetCrossReferenceResp response = new TGetCrossReferenceResp();
        response.setStatus(status(() -> response.setOperationHandle(
                answered(request.getSessionHandle(), TOperationType.UNKNOWN, catalog::foreignKeys))));
        return response;
    }
}
