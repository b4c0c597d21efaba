package dev.smt.jobs.jdbc;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.hive.service.rpc.thrift.TCLIService;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client, from its login until it goes: its calls are answered one after the other. */
final class Connection implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration LONGEST_LOGIN = Duration.ofSeconds(30);

    private final Socket socket;
    private final ConnectionContext context;
    private final Consumer<Connection> whenClosed;
    private final OpenOperations operations = new OpenOperations();

    Connection(Socket socket, ConnectionContext context, Consumer<Connection> whenClosed) {
        this.socket = socket;
        this.context = context;
        this.whenClosed = whenClosed;
    }

    @Override
    public void run() {
        try {
            socket.setSoTimeout(Math.toIntExact(LONGEST_LOGIN.toMillis()));
            Login login = Login.of(
                    context.clients().tls().over(socket), context.clients().passwords());
            socket.setSoTimeout(
                    Math.toIntExact(context.clients().idleConnection().toMillis()));
            LOG.info("{} connected from {}", login.user().orElse("somebody"), socket.getRemoteSocketAddress());
            var processor = new TCLIService.Processor<>(new ClientCalls(context, login.user(), operations));
            var protocol = new TBinaryProtocol(login.transport(), true, true);
            while (!socket.isClosed()) {
                processor.process(protocol, protocol);
            }
        } catch (TException | IOException gone) {
            LOG.debug("a connection ended", gone);
        } finally {
            close();
        }
    }

    void closeIdle(Duration longest) {
        operations.closeIdle(longest);
    }

    /** Ends the client's statements too. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            LOG.debug("closing a connection", alreadyGone);
        }
        operations.closeAll();
        whenClosed.accept(this);
    }
}
