package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.MetricRegistry;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.table.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingMetricsTest {
    @TempDir
    Path folder;

    @Test
    void slotUseIsTrainingTimeOverWallTimeAndSlots() {
        double[] now = {100};
        TrainingMetrics metrics = new TrainingMetrics(() -> 2, () -> now[0]);
        assertThat(value(metrics, "slots.use")).isEqualTo(0.0);
        metrics.sent(4);
        metrics.ended(outcome(3, null));
        metrics.ended(outcome(1, null));
        metrics.ended(outcome(0, "NaN"));
        now[0] = 104;
        assertThat((double) value(metrics, "slots.use")).isCloseTo(4.0 / (4 * 2), within(1e-12));
        assertThat(value(metrics, "slots.all")).isEqualTo(2);
        MetricRegistry registry = metrics.metricRegistry();
        assertThat(registry.counter("trainings.waiting").getCount()).isEqualTo(1);
        assertThat(registry.counter("trainings.done").getCount()).isEqualTo(2);
        assertThat(registry.counter("trainings.failed").getCount()).isEqualTo(1);
        assertThat(registry.timer("training-time").getSnapshot().getMax()).isEqualTo(3_000_000_000L);
    }

    @Test
    void sparksMetricsSystemHasThemAsLongAsTheStepRuns() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse, (cache, trial) -> outcome(2, null))) {
            executors.evaluate(List.of(TrialExamples.trial("a"), TrialExamples.trial("b")), outcome -> {});
            MetricRegistry registry = SparkEnv.get()
                    .metricsSystem()
                    .getSourcesByName("smt")
                    .head()
                    .metricRegistry();
            assertThat(registry.counter("trainings.done").getCount()).isEqualTo(2);
            assertThat(registry.counter("trainings.waiting").getCount()).isZero();
        }
        assertThat(SparkEnv.get().metricsSystem().getSourcesByName("smt").isEmpty())
                .isTrue();
    }

    @Test
    void trainingsOfAFailedJobDoNotWaitForEver() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse, (cache, trial) -> {
            throw new IllegalStateException("lost");
        })) {
            assertThatThrownBy(() -> executors.evaluate(
                            List.of(TrialExamples.trial("a"), TrialExamples.trial("b")), outcome -> {}))
                    .hasMessageContaining("lost");
            assertThat(executors
                            .metrics()
                            .metricRegistry()
                            .counter("trainings.waiting")
                            .getCount())
                    .isZero();
        }
    }

    private static Object value(TrainingMetrics metrics, String gauge) {
        return metrics.metricRegistry().getGauges().get(gauge).getValue();
    }

    private static TrialModelOutcome outcome(double seconds, String reason) {
        return new TrialModelOutcome("m", reason, Map.of(), List.of(), seconds, 1, "cpu", "host");
    }
}
