package dev.smt.jobs.jdbc;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.hive.service.rpc.thrift.TCancelOperationResp;
import org.apache.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.hive.service.rpc.thrift.TCloseOperationResp;
import org.apache.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.hive.service.rpc.thrift.TCloseSessionResp;
import org.apache.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.hive.service.rpc.thrift.TGetCatalogsReq;
import org.apache.hive.service.rpc.thrift.TGetCatalogsResp;
import org.apache.hive.service.rpc.thrift.TGetColumnsReq;
import org.apache.hive.service.rpc.thrift.TGetColumnsResp;
import org.apache.hive.service.rpc.thrift.TGetCrossReferenceReq;
import org.apache.hive.service.rpc.thrift.TGetCrossReferenceResp;
import org.apache.hive.service.rpc.thrift.TGetFunctionsReq;
import org.apache.hive.service.rpc.thrift.TGetFunctionsResp;
import org.apache.hive.service.rpc.thrift.TGetInfoReq;
import org.apache.hive.service.rpc.thrift.TGetInfoResp;
import org.apache.hive.service.rpc.thrift.TGetInfoValue;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.hive.service.rpc.thrift.TGetPrimaryKeysReq;
import org.apache.hive.service.rpc.thrift.TGetPrimaryKeysResp;
import org.apache.hive.service.rpc.thrift.TGetQueryIdReq;
import org.apache.hive.service.rpc.thrift.TGetQueryIdResp;
import org.apache.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.hive.service.rpc.thrift.TGetResultSetMetadataResp;
import org.apache.hive.service.rpc.thrift.TGetSchemasReq;
import org.apache.hive.service.rpc.thrift.TGetSchemasResp;
import org.apache.hive.service.rpc.thrift.TGetTableTypesReq;
import org.apache.hive.service.rpc.thrift.TGetTableTypesResp;
import org.apache.hive.service.rpc.thrift.TGetTablesReq;
import org.apache.hive.service.rpc.thrift.TGetTablesResp;
import org.apache.hive.service.rpc.thrift.TGetTypeInfoReq;
import org.apache.hive.service.rpc.thrift.TGetTypeInfoResp;
import org.apache.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.hive.service.rpc.thrift.TOperationHandle;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.hive.service.rpc.thrift.TOperationType;
import org.apache.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.hive.service.rpc.thrift.TSessionHandle;
import org.apache.hive.service.rpc.thrift.TSetClientInfoReq;
import org.apache.hive.service.rpc.thrift.TSetClientInfoResp;
import org.apache.hive.service.rpc.thrift.TStatus;
import org.apache.hive.service.rpc.thrift.TStatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one connection, in the order in which they come. Each is answered with a status that says what was wrong;
 * none throws.
 */
final class ClientCalls extends RefusedCalls {
    /** The version that brought intervals; the later ones add nothing that is offered here. */
    private static final TProtocolVersion NEWEST = TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V8;
    /** The first that sends rows column by column. */
    private static final TProtocolVersion OLDEST = TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V6;

    private static final String DATABASE = "use:database";
    /** By which drivers ask for the lines that other servers print while they work. */
    private static final short LOG_LINES = 1;
    /** How long an answer about a query's state may wait for its end: the client can't cancel it meanwhile. */
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Logger LOG = LoggerFactory.getLogger(ClientCalls.class);

    private final ConnectionContext context;
    private final Optional<String> user;
    private final OpenOperations operations;
    private final Catalog catalog;
    private final CatalogStatements catalogStatements;
    private final Set<UUID> sessions = new HashSet<>();

    ClientCalls(ConnectionContext context, Optional<String> user, OpenOperations operations) {
        this.context = context;
        this.user = user;
        this.operations = operations;
        this.catalog = context.catalog();
        this.catalogStatements = new CatalogStatements(catalog);
    }

    private static TStatus status(Runnable work) {
        try {
            work.run();
            return new TStatus(TStatusCode.SUCCESS_STATUS);
        } catch (RuntimeException wrong) {
            LOG.debug("a call was refused", wrong);
            return StatementFailure.of(wrong).status();
        }
    }

    private UUID session(TSessionHandle handle) {
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
            if (context.passwords().areNeeded() && user.isEmpty()) {
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

    @Override
    public TExecuteStatementResp ExecuteStatement(TExecuteStatementReq request) {
        TExecuteStatementResp response = new TExecuteStatementResp();
        response.setStatus(status(() -> {
            UUID session = session(request.getSessionHandle());
            operations.requireRoom();
            String text = request.getStatement();
            LOG.info("{} asks: {}", user.orElse("somebody"), text);
            Optional<Answer> known = catalogStatements.answer(text);
            Operation operation = known.isPresent() ? known.get() : started(text, request.getQueryTimeout());
            TOperationHandle handle = operations.add(session, TOperationType.EXECUTE_STATEMENT, operation);
            if (!request.isRunAsync()) {
                operation.await(FOREVER);
                if (operation.failure().isPresent()) {
                    operations.close(handle);
                    throw operation.failure().get();
                }
            }
            response.setOperationHandle(handle);
        }));
        return response;
    }

    private Query started(String text, long limitSeconds) {
        Query query = new Query(context.warehouse(), text);
        context.queries().execute(query);
        if (limitSeconds > 0) {
            context.clock().schedule(() -> query.timeOut(limitSeconds), limitSeconds, TimeUnit.SECONDS);
        }
        return query;
    }

    @Override
    public TGetOperationStatusResp GetOperationStatus(TGetOperationStatusReq request) {
        TGetOperationStatusResp response = new TGetOperationStatusResp();
        response.setStatus(status(() -> {
            Operation operation = operations.get(request.getOperationHandle());
            operation.await(POLL);
            response.setOperationState(operation.state());
            response.setHasResultSet(operation.hasResult());
            operation.failure().ifPresent(failure -> {
                response.setSqlState(failure.sqlState());
                response.setErrorMessage(failure.getMessage());
            });
        }));
        return response;
    }

    @Override
    public TCancelOperationResp CancelOperation(TCancelOperationReq request) {
        return new TCancelOperationResp(status(() -> operations
                .get(request.getOperationHandle())
                .end(
                        TOperationState.CANCELED_STATE,
                        new StatementFailure(StatementFailure.CANCELED, "the query was canceled"))));
    }

    @Override
    public TCloseOperationResp CloseOperation(TCloseOperationReq request) {
        return new TCloseOperationResp(status(() -> operations.close(request.getOperationHandle())));
    }

    @Override
    public TGetResultSetMetadataResp GetResultSetMetadata(TGetResultSetMetadataReq request) {
        TGetResultSetMetadataResp response = new TGetResultSetMetadataResp();
        response.setStatus(status(() -> response.setSchema(
                RowSet.schema(operations.get(request.getOperationHandle()).schema()))));
        return response;
    }

    @Override
    public TFetchResultsResp FetchResults(TFetchResultsReq request) {
        TFetchResultsResp response = new TFetchResultsResp();
        response.setHasMoreRows(false);
        response.setStatus(status(() -> {
            Operation operation = operations.get(request.getOperationHandle());
            if (request.getFetchType() == LOG_LINES) {
                response.setResults(RowSet.of(Catalog.texts("line"), List.of(), 0));
                return;
            }
            requireForward(request.getOrientation(), operation);
            long before = operation.given();
            int most = (int) Math.max(1, Math.min(request.getMaxRows(), Query.AHEAD));
            response.setResults(RowSet.of(operation.schema(), operation.next(most), before));
        }));
        return response;
    }

    private static void requireForward(TFetchOrientation orientation, Operation operation) {
        boolean first = orientation == TFetchOrientation.FETCH_FIRST && operation.given() == 0;
        if (orientation != TFetchOrientation.FETCH_NEXT && !first) {
            throw new StatementFailure(
                    StatementFailure.NOT_SUPPORTED, "a result is read forward and once; ask the query again");
        }
    }

    @Override
    public TGetQueryIdResp GetQueryId(TGetQueryIdReq request) {
        return new TGetQueryIdResp(
                OpenOperations.id(request.getOperationHandle().getOperationId()).toString());
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
