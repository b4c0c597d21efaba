package dev.smt.jobs.jdbc;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.SaslException;
import org.apache.hive.service.rpc.thrift.TCLIService;
import org.apache.hive.service.rpc.thrift.TColumn;
import org.apache.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.hive.service.rpc.thrift.TOperationHandle;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.hive.service.rpc.thrift.TRowSet;
import org.apache.hive.service.rpc.thrift.TSessionHandle;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSaslClientTransport;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransport;

/** A client that speaks the protocol itself, so that a test decides over each call. */
final class ThriftClient implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final TSocket socket;
    private final TCLIService.Client calls;
    private TSessionHandle session;

    private ThriftClient(TSocket socket, TTransport transport) {
        this.socket = socket;
        this.calls = new TCLIService.Client(new TBinaryProtocol(transport));
    }

    /** Connected, with a user and a password, and with a session. */
    static ThriftClient of(JdbcServer server) throws TException {
        ThriftClient client = with(server, "ann", "any");
        client.open(new TOpenSessionReq());
        return client;
    }

    static ThriftClient with(JdbcServer server, String user, String password) throws TException {
        return over(socket(server), user, password);
    }

    /** By a socket that may be connected already. */
    static ThriftClient over(TSocket socket, String user, String password) throws TException {
        try {
            TSaslClientTransport transport = new TSaslClientTransport(
                    "PLAIN", null, "", "", Map.of(), callbacks -> fill(callbacks, user, password), socket);
            transport.open();
            return new ThriftClient(socket, transport);
        } catch (SaslException impossible) {
            throw new TException(impossible);
        }
    }

    static ThriftClient withoutSasl(JdbcServer server) throws TException {
        TSocket socket = socket(server);
        socket.open();
        return new ThriftClient(socket, socket);
    }

    private static TSocket socket(JdbcServer server) throws TException {
        return new TSocket("127.0.0.1", port(server), Math.toIntExact(LONGEST.toMillis()));
    }

    static int port(JdbcServer server) {
        return Integer.parseInt(server.url().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    private static void fill(Callback[] callbacks, String user, String password) {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                name.setName(user);
            } else if (callback instanceof PasswordCallback secret) {
                secret.setPassword(password.toCharArray());
            }
        }
    }

    TCLIService.Client calls() {
        return calls;
    }

    Socket socket() {
        return socket.getSocket();
    }

    TSessionHandle session() {
        return session;
    }

    TOpenSessionResp open(TOpenSessionReq request) throws TException {
        TOpenSessionResp response = calls.OpenSession(request);
        session = response.getSessionHandle();
        return response;
    }

    /** Waits for the result, or for the failure. */
    TExecuteStatementResp execute(String statement) throws TException {
        return calls.ExecuteStatement(new TExecuteStatementReq(session, statement));
    }

    TExecuteStatementReq request(String statement) {
        TExecuteStatementReq request = new TExecuteStatementReq(session, statement);
        request.setRunAsync(true);
        return request;
    }

    TOperationHandle start(String statement) throws TException {
        return calls.ExecuteStatement(request(statement)).getOperationHandle();
    }

    /** The state after the query's work. */
    TGetOperationStatusResp end(TOperationHandle handle) throws TException {
        TGetOperationStatusResp response;
        do {
            response = calls.GetOperationStatus(new TGetOperationStatusReq(handle));
        } while (response.getOperationState() == TOperationState.RUNNING_STATE);
        return response;
    }

    TFetchResultsResp fetch(TOperationHandle handle, int most) throws TException {
        return calls.FetchResults(new TFetchResultsReq(handle, TFetchOrientation.FETCH_NEXT, most));
    }

    /** All rows of an operation. */
    List<List<Object>> rows(TOperationHandle handle) throws TException {
        List<List<Object>> rows = new ArrayList<>();
        for (List<List<Object>> piece = rows(fetch(handle, 1000).getResults());
                !piece.isEmpty();
                piece = rows(fetch(handle, 1000).getResults())) {
            rows.addAll(piece);
        }
        return rows;
    }

    List<List<Object>> rows(String statement) throws TException {
        TExecuteStatementResp response = execute(statement);
        if (response.getStatus().getErrorMessage() != null) {
            throw new AssertionError(response.getStatus().getErrorMessage());
        }
        return rows(response.getOperationHandle());
    }

    static List<List<Object>> rows(TRowSet set) {
        List<List<Object>> rows = new ArrayList<>();
        for (TColumn column : set.getColumns()) {
            List<?> cells = cells(column);
            for (int i = 0; i < cells.size(); i++) {
                if (rows.size() <= i) {
                    rows.add(new ArrayList<>());
                }
                rows.get(i).add(cells.get(i));
            }
        }
        return rows;
    }

    private static List<?> cells(TColumn column) {
        return switch (column.getSetField()) {
            case BOOL_VAL -> column.getBoolVal().getValues();
            case I16_VAL -> column.getI16Val().getValues();
            case I32_VAL -> column.getI32Val().getValues();
            case I64_VAL -> column.getI64Val().getValues();
            case DOUBLE_VAL -> column.getDoubleVal().getValues();
            case STRING_VAL -> column.getStringVal().getValues();
            case BYTE_VAL, BINARY_VAL -> throw new AssertionError("no test asks for " + column.getSetField());
        };
    }

    /** Goes without a word, as a program that is killed. */
    @Override
    public void close() {
        socket.close();
    }
}
