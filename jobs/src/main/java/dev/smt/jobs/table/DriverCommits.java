package dev.smt.jobs.table;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.exceptions.UnknownConfigurationException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds few rows to a table by the driver alone, with Delta's kernel. Spark would do it by tasks on executors, which take slots of the
 * trainings and wait for one.
 */
final class DriverCommits {
    private static final Logger LOG = LoggerFactory.getLogger(DriverCommits.class);
    private static final String WRITER = "smt";

    private final Engine engine;
    private final Map<String, String> newTables;

    /**
     * Commits.
     *
     * @param newTables properties that new tables get
     */
    DriverCommits(Engine engine, Map<String, String> newTables) {
        this.engine = engine;
        this.newTables = newTables;
    }

    /** The number of a writer's commit, which rises. */
    record Once(String writer, long number) {}

    /**
     * Makes a table without rows.
     *
     * @return false where only Spark can, since its settings ask for properties that Delta's kernel does not know
     * @throws ConcurrentModificationException when somebody else has made it
     */
    boolean create(String path, StructType schema) {
        try {
            Transaction transaction = TableManager.buildCreateTableTransaction(path, schema, WRITER)
                    .withTableProperties(newTables)
                    .withMaxRetries(0)
                    .build(engine);
            commit(transaction, Written.NOTHING);
            return true;
        } catch (UnknownConfigurationException unknown) {
            LOG.debug("{} is made by Spark: {}", path, unknown.getMessage());
            return false;
        } catch (TableAlreadyExistsException made) {
            throw lost(made);
        }
    }

    /**
     * Adds rows in one commit.
     *
     * @param table which has the rows' columns
     * @param schema of the rows
     * @param rows may be none
     * @param once nothing is added where the writer has made a commit of this number or a higher one
     * @throws ConcurrentModificationException when another commit came first
     */
    void append(
            Snapshot table,
            org.apache.spark.sql.types.StructType schema,
            List<org.apache.spark.sql.Row> rows,
            Optional<Once> once) {
        if (once.isPresent()
                && lastNumber(table, once.get().writer()) >= once.get().number()) {
            return;
        }
        var builder = table.buildUpdateTableTransaction(WRITER, Operation.WRITE).withMaxRetries(0);
        Transaction transaction = once.map(commit -> builder.withTransactionId(commit.writer(), commit.number()))
                .orElse(builder)
                .build(engine);
        commit(transaction, rows.isEmpty() ? Written.NOTHING : write(transaction, schema, rows));
    }

    /** The number of a writer's last commit; 0 where there is none. */
    long lastNumber(Snapshot table, String writer) {
        return table.getLatestTransactionVersion(engine, writer).orElse(0L);
    }

    private void commit(Transaction transaction, Written written) {
        try {
            CloseableIterable<Row> actions = CloseableIterable.inMemoryIterable(
                    Utils.toCloseableIterator(written.actions().iterator()));
            transaction.commit(engine, actions).getPostCommitHooks().forEach(this::tidy);
        } catch (ConcurrentWriteException other) {
            written.files().forEach(this::delete);
            throw lost(other);
        } catch (MaxCommitRetryLimitReachedException failed) {
            if (failed.getCause() instanceof CommitFailedException first && first.isConflict()) {
                written.files().forEach(this::delete);
                throw lost(failed);
            }
            throw failed;
        }
    }

    /** Files of rows that no commit names yet. */
    private record Written(List<DataFileStatus> files, List<Row> actions) {
        static final Written NOTHING = new Written(List.of(), List.of());
    }

    private Written write(
            Transaction transaction,
            org.apache.spark.sql.types.StructType schema,
            List<org.apache.spark.sql.Row> rows) {
        Row state = transaction.getTransactionState(engine);
        List<String> columns = List.of(schema.fieldNames());
        FilteredColumnarBatch batch = new FilteredColumnarBatch(
                new CellBatch(transaction.getSchema(engine), columns, rows), Optional.empty());
        DataWriteContext context = Transaction.getWriteContext(engine, state, Map.of());
        try (CloseableIterator<DataFileStatus> files = engine.getParquetHandler()
                .writeParquetFiles(
                        folder(context),
                        Transaction.transformLogicalData(
                                engine, state, Utils.singletonCloseableIterator(batch), Map.of()),
                        context.getStatisticsColumns())) {
            List<DataFileStatus> all = files.toInMemoryList();
            return new Written(
                    all,
                    Transaction.generateAppendActions(engine, state, Utils.toCloseableIterator(all.iterator()), context)
                            .toInMemoryList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The kernel says it as a URI, and its writer takes it for a path: "a b" would become a folder "a%20b". */
    private static String folder(DataWriteContext context) {
        return new Path(URI.create(context.getTargetDirectory())).toString();
    }

    private static ConcurrentModificationException lost(RuntimeException to) {
        return new ConcurrentModificationException("another commit came first: " + to.getMessage(), to);
    }

    private void delete(DataFileStatus file) {
        try {
            engine.getFileSystemClient().delete(file.getPath());
        } catch (IOException undeleted) {
            LOG.warn(
                    "{} is of no commit and can't be deleted; maintain does it: {}",
                    file.getPath(),
                    undeleted.toString());
        }
    }

    /** What makes the next look at the table faster. Nothing depends on it. */
    private void tidy(PostCommitHook hook) {
        if (hook.getType() == PostCommitHookType.LOG_COMPACTION) {
            return;
        }
        try {
            hook.threadSafeInvoke(engine);
        } catch (IOException | RuntimeException failed) {
            LOG.warn("{} after a commit failed; the commit itself is done: {}", hook.getType(), failed.toString());
        }
    }
}
