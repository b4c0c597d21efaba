package dev.smt.jobs.trial;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.smt.jobs.table.TrialRow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.apache.spark.metrics.source.Source;

/**
 * The trainings of a step, for Spark's metrics system: source {@code smt} of the driver. docs/cluster.md lists the metrics.
 * Safe for several threads.
 */
public final class TrainingMetrics implements Source {
    private static final String NAME = "smt";

    private final MetricRegistry registry = new MetricRegistry();
    private final Counter waiting = registry.counter("trainings.waiting");
    private final Counter done = registry.counter("trainings.done");
    private final Counter failed = registry.counter("trainings.failed");
    private final Counter feasible = registry.counter("trials.feasible");
    private final Counter infeasible = registry.counter("trials.infeasible");
    private final Timer training = registry.timer("training-time");
    private final Timer suggestion = registry.timer("suggestion-time");
    private final DoubleAdder trained = new DoubleAdder();

    /**
     * The metrics of a step that begins now.
     *
     * @param slots trainings that the executors work on at once
     * @param seconds of a clock
     */
    TrainingMetrics(IntSupplier slots, DoubleSupplier seconds) {
        double start = seconds.getAsDouble();
        Gauge<Double> slotUse = () -> {
            double wall = seconds.getAsDouble() - start;
            return wall > 0 ? trained.sum() / (wall * slots.getAsInt()) : 0.0;
        };
        registry.register("slots.use", slotUse);
        Gauge<Integer> allSlots = slots::getAsInt;
        registry.register("slots.all", allSlots);
    }

    @Override
    public String sourceName() {
        return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
        return registry;
    }

    /** Trainings are sent to the executors; negative: they won't come back. */
    void sent(int trainings) {
        waiting.inc(trainings);
    }

    /** A training has come back. */
    void ended(TrialModelOutcome outcome) {
        waiting.dec();
        if (outcome.failed()) {
            failed.inc();
        } else {
            done.inc();
            training.update(Math.round(outcome.trainSeconds() * 1e9), TimeUnit.NANOSECONDS);
            trained.add(outcome.trainSeconds());
        }
    }

    /** A trial is in the table. */
    public void committed(TrialRow trial) {
        (trial.feasible() ? feasible : infeasible).inc();
        suggestion.update(Math.round(trial.suggestSeconds() * 1e9), TimeUnit.NANOSECONDS);
    }
}
