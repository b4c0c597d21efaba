package dev.smt.jobs.run;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.lease.Lease;
import dev.smt.jobs.lease.Leases;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.Warehouse;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** What every step works with: session, warehouse, configuration, clock, progress, and the runs of earlier steps. */
public final class RunContext {
    private final Warehouse warehouse;
    private final SmtConfiguration configuration;
    private final Progress progress;
    private final Clock clock;
    private final Map<String, RunRow> resolved = new ConcurrentHashMap<>();

    public RunContext(Warehouse warehouse, SmtConfiguration configuration, Progress progress, Clock clock) {
        this.warehouse = warehouse;
        this.configuration = configuration;
        this.progress = progress;
        this.clock = clock;
    }

    /** The same with another configuration; it builds on the same runs of earlier steps. */
    public RunContext with(SmtConfiguration other) {
        RunContext context = new RunContext(warehouse, other, progress, clock);
        context.resolved.putAll(resolved);
        return context;
    }

    /**
     * Gets the lease of a piece of work that only one process may do at a time; waits for it, and says so.
     *
     * @param name a run's or a study's id
     */
    public Lease lease(String name) {
        return leases().hold(name, holder -> progress.say("  waiting: " + name + " is being worked on by " + holder));
    }

    /** The leases of the warehouse. */
    public Leases leases() {
        return new Leases(warehouse.location(), spark().sparkContext().hadoopConfiguration(), clock);
    }

    public SparkSession spark() {
        return warehouse.spark();
    }

    public Warehouse warehouse() {
        return warehouse;
    }

    public SmtConfiguration configuration() {
        return configuration;
    }

    public Progress progress() {
        return progress;
    }

    public Clock clock() {
        return clock;
    }

    /**
     * The finished run of an earlier step that this invocation builds on: the one that ran or was skipped just now, else
     * the latest.
     *
     * @throws InvalidInputException when there is none
     */
    public RunRow finished(String step) {
        return latest(step)
                .orElseThrow(() -> new InvalidInputException("warehouse " + warehouse.location()
                        + " has no finished run of \"" + step + "\"; run it first: smt " + step + " --conf "
                        + configuration.source()));
    }

    /** The same, or nothing where there is none. */
    public Optional<RunRow> latest(String step) {
        Optional<RunRow> latest = known(step).or(() -> warehouse
                .rows(
                        RunRow.TABLE,
                        functions
                                .col("command")
                                .equalTo(step)
                                .and(functions.col("status").equalTo(RunRow.DONE)))
                .stream()
                .max(Comparator.comparing(RunRow::finishedAt)));
        latest.ifPresent(this::resolve);
        return latest;
    }

    /** The run of an earlier step that this invocation builds on, where it was looked up, ran, or was found done. */
    public Optional<RunRow> known(String step) {
        return Optional.ofNullable(resolved.get(step));
    }

    /** What an earlier step told. */
    public Map<String, String> outputs(String step) {
        return RunJson.texts(finished(step).outputs());
    }

    void resolve(RunRow run) {
        resolved.put(run.command(), run);
    }

    Optional<RunRow> finishedWithKey(String step, String key) {
        return warehouse
                .rows(
                        RunRow.TABLE,
                        functions
                                .col("command")
                                .equalTo(step)
                                .and(functions.col("step_key").equalTo(key))
                                .and(functions.col("status").equalTo(RunRow.DONE)))
                .stream()
                .max(Comparator.comparing(RunRow::finishedAt));
    }
}
