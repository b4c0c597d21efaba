package dev.smt.jobs.jdbc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.hive.service.rpc.thrift.THandleIdentifier;
import org.apache.hive.service.rpc.thrift.TOperationHandle;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.hive.service.rpc.thrift.TOperationType;

/** What one client has asked and not closed yet. */
final class OpenOperations {
    /** A client that never closes its statements is told at so many. */
    private static final int MOST = 100;

    private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();

    /** An operation with the session that it belongs to, and when it was last used. */
    private static final class Entry {
        private final UUID session;
        private final Operation operation;
        private volatile long used = System.nanoTime();

        Entry(UUID session, Operation operation) {
            this.session = session;
            this.operation = operation;
        }

        Duration idle() {
            return Duration.ofNanos(System.nanoTime() - used);
        }

        void close() {
            operation.end(
                    TOperationState.CLOSED_STATE,
                    new StatementFailure(StatementFailure.CANCELED, "the statement is closed"));
        }
    }

    /** @throws StatementFailure where the client has too many open */
    void requireRoom() {
        if (entries.size() >= MOST) {
            throw new StatementFailure(
                    StatementFailure.LIMIT, "this connection has " + MOST + " open statements; close some first");
        }
    }

    TOperationHandle add(UUID session, TOperationType type, Operation operation) {
        UUID id = UUID.randomUUID();
        entries.put(id, new Entry(session, operation));
        return new TOperationHandle(handle(id), type, operation.hasResult());
    }

    /** @throws StatementFailure where it is not there, or no more */
    Operation get(TOperationHandle handle) {
        Entry entry = entries.get(id(handle.getOperationId()));
        if (entry == null) {
            throw new StatementFailure(
                    StatementFailure.CANCELED, "there is no such statement; it was closed, or not used for long");
        }
        entry.used = System.nanoTime();
        return entry.operation;
    }

    void close(TOperationHandle handle) {
        UUID id = id(handle.getOperationId());
        removeIf(id::equals, entry -> true);
    }

    void closeOf(UUID session) {
        removeIf(id -> true, entry -> entry.session.equals(session));
    }

    void closeAll() {
        removeIf(id -> true, entry -> true);
    }

    /** Closes what is not being worked at, and was not asked for in a time. */
    void closeIdle(Duration longest) {
        removeIf(
                id -> true,
                entry -> entry.operation.state() != TOperationState.RUNNING_STATE
                        && entry.idle().compareTo(longest) > 0);
    }

    private void removeIf(Predicate<UUID> wanted, Predicate<Entry> condition) {
        entries.forEach((id, entry) -> {
            if (wanted.test(id) && condition.test(entry) && entries.remove(id, entry)) {
                entry.close();
            }
        });
    }

    /** The handle of an id. What it names belongs to one connection, so that its secret guards nothing. */
    static THandleIdentifier handle(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return new THandleIdentifier(ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes.clone()));
    }

    static UUID id(THandleIdentifier handle) {
        ByteBuffer bytes = ByteBuffer.wrap(handle.getGuid());
        return bytes.remaining() == 16 ? new UUID(bytes.getLong(), bytes.getLong()) : new UUID(0, 0);
    }
}
