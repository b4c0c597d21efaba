package dev.smt.jobs.run;

import dev.smt.jobs.executor.DeviceChoice;
import dev.smt.jobs.executor.ExecutorSettings;
import dev.smt.jobs.lease.Lease;
import dev.smt.jobs.lease.LeaseLostException;
import dev.smt.jobs.preflight.Preflight;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.Warehouse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkContext;

/**
 * Runs a step once per key. The key is a hash of the step's configuration and of the runs that it reads, so a step that
 * is done is not done again while its files are intact, a step that was cut off goes on, and a changed configuration runs anew what depends on it.
 */
public final class StepRunner {
    private final RunContext context;
    private final String codeVersion;
    private boolean looked;

    public StepRunner(RunContext context, String codeVersion) {
        this.context = context;
        this.codeVersion = codeVersion;
    }

    /** Runs the step, unless it is done; returns false where it was. */
    public boolean run(Step step) {
        TreeMap<String, String> inputs = new TreeMap<>();
        step.needs().forEach(name -> inputs.put(name, context.finished(name).runId()));
        String key = key(step, inputs);
        String runId = step.name() + "-" + key.substring(0, 12);
        // Whoever held it before may have done the work: what is done is asked afterwards.
        try (Lease lease = context.lease(runId)) {
            if (isDone(step, key)) {
                return false;
            }
            lookAtExecutors();
            execute(step, key, runId, lease, RunJson.write(inputs));
        }
        return true;
    }

    /** The run that did the step already, with the runs that it builds on; runs nothing. */
    public Optional<RunRow> finished(Step step) {
        TreeMap<String, String> inputs = new TreeMap<>();
        step.needs().forEach(name -> context.known(name).ifPresent(run -> inputs.put(name, run.runId())));
        if (inputs.size() < step.needs().size()) {
            return Optional.empty();
        }
        Optional<RunRow> done = context.finishedWithKey(step.name(), key(step, inputs));
        done.ifPresent(context::resolve);
        return done;
    }

    /** Once, and on one machine, where the driver is the executor, only where it must have a GPU. */
    private void lookAtExecutors() {
        SparkContext spark = context.spark().sparkContext();
        boolean gpu = ExecutorSettings.of(spark.conf()).device() == DeviceChoice.GPU;
        if (!looked && (gpu || !spark.isLocal())) {
            new Preflight(context.warehouse()).require().forEach(report -> report.warnings()
                    .forEach(warning -> context.progress().say("warning: " + report.name() + ": " + warning)));
            looked = true;
        }
    }

    private boolean isDone(Step step, String key) {
        Optional<RunRow> done = context.finishedWithKey(step.name(), key);
        if (done.isEmpty()) {
            return false;
        }
        RunRow run = done.get();
        String was = step.name() + ": already done (run " + run.runId() + ")";
        if (!step.isIntact(context, run)) {
            context.progress().say(was + ", but files of it are missing or damaged; it is done again");
            return false;
        }
        context.resolve(run);
        context.progress().say(was);
        return true;
    }

    private void execute(Step step, String key, String runId, Lease lease, String inputs) {
        Warehouse warehouse = context.warehouse();
        Instant start = context.clock().instant();
        RunRow running = new RunRow(
                runId,
                step.name(),
                key,
                context.configuration().resolvedJson(),
                codeVersion,
                inputs,
                "{}",
                start,
                start,
                RunRow.RUNNING,
                Optional.empty());
        warehouse.upsert(RunRow.TABLE, List.of(running));
        context.progress().say(step.name() + " (run " + runId + ")");
        Map<String, String> ids = Map.of("run", runId, "step", step.name());
        context.spark().sparkContext().setJobGroup(runId, step.name(), true);
        LogIds.set(context.spark().sparkContext(), ids);
        try {
            StepResult result = step.run(context, runId);
            lease.require();
            RunRow ended = running.ended(
                    context.clock().instant(), RunRow.DONE, inputs, RunJson.write(result.outputs()), Optional.empty());
            warehouse.upsert(RunRow.TABLE, List.of(ended));
            context.resolve(ended);
            result.summary().forEach(line -> context.progress().say("  " + line));
            double seconds = Duration.between(start, ended.finishedAt()).toMillis() / 1000.0;
            context.progress()
                    .say("  done in " + Progress.span(seconds) + "; tables written: "
                            + String.join(", ", result.tables()));
        } catch (LeaseLostException taken) {
            // The run's row is its new holder's.
            throw taken;
        } catch (Throwable failure) { // Spark throws checked exceptions undeclared, such as of a full disk.
            keepFailure(running, inputs, failure);
            throw failure;
        } finally {
            LogIds.clear(context.spark().sparkContext(), ids.keySet());
            context.spark().sparkContext().clearJobGroup();
        }
    }

    private void keepFailure(RunRow running, String inputs, Throwable failure) {
        String message = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        try {
            context.warehouse()
                    .upsert(
                            RunRow.TABLE,
                            List.of(running.ended(
                                    context.clock().instant(), RunRow.FAILED, inputs, "{}", Optional.of(message))));
        } catch (Throwable unwritten) {
            failure.addSuppressed(unwritten);
        }
    }

    private String key(Step step, TreeMap<String, String> inputs) {
        return sha256(step.name() + "\n" + step.configuration(context) + "\n" + RunJson.write(inputs));
    }

    /** SHA-256 of a text, hex. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
