package dev.smt.jobs.jdbc;

import dev.smt.jobs.table.ConvertedColumns;
import dev.smt.jobs.table.ReadOnlyQuery;
import dev.smt.jobs.table.SchemaNames;
import dev.smt.jobs.table.Warehouse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query that runs in a thread of its own, some rows ahead of its client: the rest of a large result is not made before the
 * client asks for it.
 */
final class Query implements Operation, Runnable {
    /** Rows made ahead. */
    static final int AHEAD = 1_000;

    /** Characters and bytes made ahead; a row that is longer goes alone. */
    private static final long LARGEST = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Query.class);

    private final Warehouse warehouse;
    private final String text;
    private final String group;

    private final Deque<Row> ready = new ArrayDeque<>();
    private long readySize;
    private StructType schema;
    private TOperationState state = TOperationState.RUNNING_STATE;
    private StatementFailure failure;
    private boolean complete;
    private long given;

    Query(Warehouse warehouse, String text) {
        this.warehouse = warehouse;
        this.text = text;
        this.group = "jdbc-" + UUID.randomUUID();
    }

    @Override
    public void run() {
        SparkContext spark = warehouse.spark().sparkContext();
        spark.setJobGroup(group, text.lines().findFirst().orElse(""), true);
        try {
            if (state() == TOperationState.RUNNING_STATE) {
                Dataset<Row> rows =
                        ReadOnlyQuery.rows(warehouse, SchemaNames.without(Catalog.SCHEMA, text, warehouse.spark()));
                setSchema(rows.schema());
                Iterator<Row> sent = ConvertedColumns.of(rows, (field, column) -> ColumnType.of(field.dataType())
                                .sent(column))
                        .toLocalIterator();
                while (sent.hasNext() && offer(sent.next())) {}
            }
            complete();
        } catch (Exception | OutOfMemoryError | StackOverflowError wrong) {
            LOG.info("query failed: {}", text, wrong);
            end(TOperationState.ERROR_STATE, StatementFailure.of(wrong));
        } finally {
            spark.clearJobGroup();
        }
    }

    private synchronized void setSchema(StructType found) {
        schema = found;
    }

    /** Waits for room. Returns whether more are wanted. */
    private synchronized boolean offer(Row row) {
        while (isRunning() && !ready.isEmpty() && isFull()) {
            pause(Duration.ZERO);
        }
        ready.add(row);
        readySize += size(row);
        if (isFull()) {
            finish();
        }
        return isRunning();
    }

    private boolean isFull() {
        return ready.size() >= AHEAD || readySize >= LARGEST;
    }

    private synchronized void complete() {
        complete = true;
        finish();
    }

    private void finish() {
        if (state == TOperationState.RUNNING_STATE) {
            state = TOperationState.FINISHED_STATE;
        }
        notifyAll();
    }

    /** Whether it was neither ended nor has it failed. */
    private boolean isRunning() {
        return failure == null;
    }

    private static long size(Row row) {
        long size = 0;
        for (int i = 0; i < row.length(); i++) {
            Object cell = row.get(i);
            size += cell instanceof String string ? string.length() : cell instanceof byte[] bytes ? bytes.length : 8;
        }
        return size;
    }

    @Override
    public synchronized void await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos();
                state == TOperationState.RUNNING_STATE && left > 0;
                left = end - System.nanoTime()) {
            pause(Duration.ofNanos(left).plusMillis(1));
        }
    }

    @Override
    public synchronized TOperationState state() {
        return state;
    }

    @Override
    public synchronized Optional<StatementFailure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public synchronized StructType schema() {
        while (isRunning() && schema == null) {
            pause(Duration.ZERO);
        }
        failure().ifPresent(Query::raise);
        return schema;
    }

    @Override
    public synchronized List<Row> next(int most) {
        while (isRunning() && !complete && !isFull() && ready.size() < most) {
            pause(Duration.ZERO);
        }
        failure().ifPresent(Query::raise);
        List<Row> piece = new ArrayList<>();
        while (piece.size() < most && !ready.isEmpty()) {
            Row row = ready.remove();
            readySize -= size(row);
            piece.add(row);
        }
        given += piece.size();
        notifyAll();
        return piece;
    }

    private static void raise(StatementFailure failure) {
        throw failure;
    }

    @Override
    public synchronized long given() {
        return given;
    }

    @Override
    public boolean hasResult() {
        return true;
    }

    /** Ends a query that took longer than its client allowed to its first rows. */
    void timeOut(long seconds) {
        if (state() == TOperationState.RUNNING_STATE) {
            end(
                    TOperationState.TIMEDOUT_STATE,
                    new StatementFailure(
                            StatementFailure.TIMED_OUT, "the query took longer than the " + seconds + " s allowed"));
        }
    }

    @Override
    public void end(TOperationState ended, StatementFailure why) {
        synchronized (this) {
            if (!isRunning()) {
                return;
            }
            state = ended;
            failure = why;
            ready.clear();
            notifyAll();
            if (complete) {
                return;
            }
        }
        if (!warehouse.spark().sparkContext().isStopped()) {
            warehouse.spark().sparkContext().cancelJobGroupAndFutureJobs(group);
        }
    }

    /** Gives the lock away until something changes; zero: without an end. */
    private void pause(Duration longest) {
        try {
            wait(longest.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StatementFailure(StatementFailure.CANCELED, "the server stops");
        }
    }
}
