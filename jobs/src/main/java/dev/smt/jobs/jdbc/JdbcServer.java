package dev.smt.jobs.jdbc;

import dev.smt.jobs.table.Relation;
import dev.smt.jobs.table.Warehouse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Hive's JDBC drivers on one port: what they may ask is a query that {@link dev.smt.jobs.table.ReadOnlyQuery} lets
 * pass, or a question about the tables. A client's statements end with its connection.
 */
public final class JdbcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcServer.class);
    private static final int MOST_CONNECTIONS = 64;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final ListenAddress address;
    private final ServerSocket socket;
    private final ConnectionContext context;
    private final ExecutorService clients = new ThreadPoolExecutor(
            0, MOST_CONNECTIONS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), threads("jdbc-client"));
    private final ExecutorService queries = Executors.newCachedThreadPool(threads("jdbc-query"));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(threads("jdbc-clock"));
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /**
     * What it needs to know of its clients.
     *
     * @param passwords who may connect
     * @param tls how they are encrypted
     * @param idleConnection after which a connection without a call is closed
     * @param idleOperation after which a result that nobody asks for is closed
     */
    record Clients(Passwords passwords, Tls tls, Duration idleConnection, Duration idleOperation) {
        static Clients of(Passwords passwords, Tls tls) {
            return new Clients(passwords, tls, Duration.ofHours(4), Duration.ofMinutes(30));
        }
    }

    private JdbcServer(Warehouse warehouse, ListenAddress address, Clients allowed) {
        this.address = address;
        this.context =
                new ConnectionContext(warehouse, new Catalog(Relation.all(warehouse.spark())), allowed, queries, clock);
        this.socket = address.bind();
    }

    /**
     * Begins to listen.
     *
     * @throws dev.smt.jobs.config.InvalidInputException where the address can't be listened on
     */
    public static JdbcServer start(Warehouse warehouse, ListenAddress address, Passwords passwords, Tls tls) {
        return start(warehouse, address, Clients.of(passwords, tls));
    }

    static JdbcServer start(Warehouse warehouse, ListenAddress address, Clients allowed) {
        Login.prepare();
        JdbcServer server = new JdbcServer(warehouse, address, allowed);
        threads("jdbc-listener").newThread(server::listen).start();
        long pause = Math.max(1, allowed.idleOperation().toMillis() / 10);
        server.clock.scheduleWithFixedDelay(server::closeIdle, pause, pause, TimeUnit.MILLISECONDS);
        return server;
    }

    /** What clients connect to. */
    public String url() {
        return "jdbc:hive2://" + urlHost() + ":" + socket.getLocalPort() + "/" + Catalog.SCHEMA
                + (context.clients().tls().isOn() ? ";ssl=true" : "");
    }

    private String urlHost() {
        if (address.address().isAnyLocalAddress()) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException nameless) {
                return address.host();
            }
        }
        return address.address() instanceof Inet6Address && address.host().contains(":")
                ? "[" + address.host() + "]"
                : address.host();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                accept(socket.accept());
            } catch (IOException failure) {
                if (!socket.isClosed()) {
                    LOG.warn("a client could not connect", failure);
                }
            }
        }
    }

    private void accept(Socket client) throws IOException {
        Connection connection = new Connection(client, context, connections::remove);
        connections.add(connection);
        try {
            clients.execute(connection);
        } catch (RejectedExecutionException full) {
            LOG.warn("{} was turned away: {} are connected", client.getRemoteSocketAddress(), MOST_CONNECTIONS);
            connection.close();
        }
        if (socket.isClosed()) {
            connection.close();
        }
    }

    private void closeIdle() {
        connections.forEach(connection -> connection.closeIdle(context.clients().idleOperation()));
    }

    /** Cancels what runs and closes all connections. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyUnusable) {
            LOG.debug("closing the port", alreadyUnusable);
        }
        clock.shutdownNow();
        connections.forEach(Connection::close);
        clients.shutdown();
        queries.shutdownNow();
        try {
            clients.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
            queries.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
