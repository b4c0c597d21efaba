package dev.smt.jobs.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.hive.service.rpc.thrift.TCancelOperationResp;
import org.apache.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.hive.service.rpc.thrift.TCloseOperationResp;
import org.apache.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.hive.service.rpc.thrift.TGetQueryIdReq;
import org.apache.hive.service.rpc.thrift.TGetQueryIdResp;
import org.apache.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.hive.service.rpc.thrift.TGetResultSetMetadataResp;
import org.apache.hive.service.rpc.thrift.TOperationHandle;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.hive.service.rpc.thrift.TOperationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one connection, in the order in which they come: those about statements and what they find. Each is answered
 * with a status that says what was wrong; none throws.
 */
final class ClientCalls extends CatalogCalls {
    /** By which drivers ask for the lines that other servers print while they work. */
    private static final short LOG_LINES = 1;
    /** How long an answer about a query's state may wait for its end: the client can't cancel it meanwhile. */
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Logger LOG = LoggerFactory.getLogger(ClientCalls.class);

    private final ConnectionContext context;
    private final Optional<String> user;
    private final OpenOperations operations;
    private final CatalogStatements catalogStatements;

    ClientCalls(ConnectionContext context, Optional<String> user, OpenOperations operations) {
        super(context, user, operations);
        this.context = context;
        this.user = user;
        this.operations = operations;
        this.catalogStatements = new CatalogStatements(context.catalog());
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
}
