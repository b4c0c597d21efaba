package dev.smt.jobs.mmo;

import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the trials of a study to the tables {@code trials} and {@code trial_models}, in groups: when there are many rows, and
 * every few seconds. A trial counts once its row in {@code trials} is there. Its models are written first, so a crash loses
 * the trials of a few seconds and never half of one; models that a crash left behind are deleted when the study goes on.
 *
 * <p>Of the processes that ever work on a study only the last may write: it claims the study's name in both tables.
 */
final class TrialCommits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrialCommits.class);

    private static final String WRITTEN = "{} trials of {} trainings were written in {} ms";

    private final Warehouse warehouse;
    private final String studyId;
    private final Runnable permit;
    private final Consumer<TrialRow> whenWritten;
    private final int manyRows;
    private final long modelsClaim;
    private final long trialsClaim;
    private final ScheduledExecutorService clock;
    private final Object writing = new Object();

    private List<TrialRow> trials = new ArrayList<>();
    private List<TrialModelRow> models = new ArrayList<>();
    private Throwable failure;
    private long groups;

    private TrialCommits(
            Warehouse warehouse, String studyId, Runnable permit, Consumer<TrialRow> whenWritten, int manyRows) {
        this.warehouse = warehouse;
        this.studyId = studyId;
        this.permit = permit;
        this.whenWritten = whenWritten;
        this.manyRows = manyRows;
        this.modelsClaim = warehouse.claim(TrialModelRow.TABLE, studyId);
        this.trialsClaim = warehouse.claim(TrialRow.TABLE, studyId);
        this.clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "commits of " + studyId);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The writer of a study, to be opened before the study's trials are read.
     *
     * @param permit throws when this process may write no more
     * @param whenWritten hears of each trial that is in the table
     */
    static TrialCommits open(
            Warehouse warehouse,
            String studyId,
            Runnable permit,
            Consumer<TrialRow> whenWritten,
            LedgerConfiguration groups) {
        TrialCommits commits = new TrialCommits(warehouse, studyId, permit, whenWritten, groups.rows());
        long interval = groups.interval().toMillis();
        commits.deleteWhatWasLeftBehind();
        commits.clock.scheduleWithFixedDelay(commits::writeAndKeepFailure, interval, interval, TimeUnit.MILLISECONDS);
        return commits;
    }

    String studyId() {
        return studyId;
    }

    /**
     * Adds trials with all their models; they are written soon.
     *
     * @throws RuntimeException when earlier ones could not be written
     */
    synchronized void add(List<TrialRow> ofTrials, List<TrialModelRow> ofModels) {
        throwFailure();
        trials.addAll(ofTrials);
        models.addAll(ofModels);
        if (models.size() >= manyRows) {
            clock.execute(this::writeAndKeepFailure);
        }
    }

    /** Adds a replicate of a trial, whole, at once. */
    void addReplicate(List<TrialModelRow> replicate) {
        permit.run();
        warehouse.upsert(TrialModelRow.TABLE, replicate);
    }

    /** Writes what is there. */
    void flush() {
        write();
        synchronized (this) {
            throwFailure();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        flush();
    }

    private void throwFailure() {
        if (failure != null) {
            throw new IllegalStateException("trials could not be written: " + failure.getMessage(), failure);
        }
    }

    private void writeAndKeepFailure() {
        try {
            write();
        } catch (Throwable kept) {
            LOG.error("trials of {} could not be written", studyId, kept);
        }
    }

    /** Once a group could not be written, none is any more: a later one would leave a gap. */
    private void write() {
        try {
            writeGroup();
        } catch (Throwable failed) { // Spark throws checked exceptions undeclared, such as of a full disk.
            synchronized (this) {
                failure = failed;
            }
            throw failed;
        }
    }

    private void writeGroup() {
        synchronized (writing) {
            List<TrialRow> ofTrials;
            List<TrialModelRow> ofModels;
            synchronized (this) {
                if (trials.isEmpty() || failure != null) {
                    return;
                }
                ofTrials = trials;
                ofModels = models;
                trials = new ArrayList<>();
                models = new ArrayList<>();
                groups++;
            }
            permit.run();
            long start = System.nanoTime();
            append(TrialModelRow.TABLE, ofModels, modelsClaim);
            append(TrialRow.TABLE, ofTrials, trialsClaim);
            LOG.info(
                    WRITTEN,
                    ofTrials.size(),
                    ofModels.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            ofTrials.forEach(whenWritten);
        }
    }

    private <R extends Record> void append(Table<R> table, List<R> rows, long claim) {
        warehouse.appendOnce(table, rows, studyId, claim + groups);
    }

    private void deleteWhatWasLeftBehind() {
        Column ofStudy = functions.col("study_id").equalTo(studyId);
        Column searched =
                functions.col("replicate").equalTo(0).and(functions.col("trial").geq(0));
        Column key = functions.concat_ws("/", functions.col("technique"), functions.col("trial"));
        Object[] leftBehind = warehouse
                .dataset(TrialModelRow.TABLE)
                .filter(ofStudy.and(searched))
                .select(key)
                .except(warehouse.dataset(TrialRow.TABLE).filter(ofStudy).select(key))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toArray();
        if (leftBehind.length > 0) {
            warehouse.delete(TrialModelRow.TABLE, ofStudy.and(searched).and(key.isin(leftBehind)));
        }
    }
}
