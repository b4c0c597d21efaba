package dev.smt.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkModel;
import dev.smt.benchmark.BenchmarkShape;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.mmo.RegressionRule;
import dev.smt.jobs.run.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import smile.validation.metric.AdjustedRandIndex;

/** A small fleet through the whole machinery of a study. */
class BenchmarkRunTest {
    private static final int TRIALS = 8;
    private static final BenchmarkShape SMALL = new BenchmarkShape(60, 10, 8, 0.25, 0.05, 0.035, 1);
    private static final BenchmarkFleet FLEET = BenchmarkFleet.of(SMALL, 3);
    private static final FleetClusters CLUSTERS = trueClusters();

    @Test
    void twoCyclesTakeWhatIsGoodAndGain() {
        Map<String, Double> values = Measures.of(FLEET, CLUSTERS, study(RegressionRule.PROBABILITY)).stream()
                .collect(Collectors.toMap(Measure::name, Measure::value));
        assertThat(values)
                .containsEntry("accepted", 4.0)
                .containsEntry("missed", 2.0)
                .containsEntry("false-acceptance", 0.0)
                .containsEntry("unable-accepted", 0.0)
                .containsEntry("integrated", 4.0);
        assertThat(values.get("gain")).isCloseTo(0.673, within(0.001));
        assertThat(values.get("gain"))
                .isCloseTo(values.get("gain-cycle-1") + values.get("gain-cycle-2"), within(1e-12));
        assertThat(values.get("decision-trainings")).isGreaterThan(8 * TRIALS * 10 - 1.0);
        assertThat(values.get("trainings")).isGreaterThan(values.get("decision-trainings"));
        assertThat(values.get("fragmented-trainings"))
                .isBetween(values.get("trainings") - 2 * 60, values.get("trainings"));
    }

    @Test
    void theSameSeedGivesTheSameStudy() {
        assertThat(study(RegressionRule.PAPER)).isEqualTo(study(RegressionRule.PAPER));
    }

    @Test
    void thePapersRuleNeedsNoReplicates() {
        assertThat(study(RegressionRule.PAPER).stream().flatMap(cycle -> cycle.studied().stream()))
                .hasSize(8)
                .allMatch(studied -> studied.trainings() == TRIALS * 10);
    }

    @Test
    void clustersOnlyRunsTheStepAndNoStudy() {
        BenchmarkPlan plan = new BenchmarkPlan(SMALL.withSizes(24, 4, 8), TRIALS, 2, RegressionRule.PAPER);
        List<Measure> measures = new BenchmarkRun(TestSpark.session(), plan, true, silent()).of(5);
        assertThat(measures).extracting(Measure::name).containsExactly("clusters-found", "adjusted-rand-index");
        assertThat(measures).extracting(Measure::value).containsExactly(4.0, 1.0);
    }

    @Test
    void aTargetIsMetOnItsOwnSide() {
        assertThat(Measure.atLeast("a", 0.9, "share", 0.9).met()).contains(true);
        assertThat(Measure.atMost("b", 0.06, "share", 0.05).met()).contains(false);
        assertThat(Measure.of("c", 1, "count").met()).isEmpty();
        assertThat(Measure.atMost("b", 0.06, "share", 0.05).row("run", 3).met()).contains("no");
    }

    /** Hubert and Arabie 1985, Eq. 5; the values are of their definition, by hand. */
    @Test
    void theAdjustedRandIndexIsTheOneOfTheLiterature() {
        assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {5, 5, 3, 3}))
                .isEqualTo(1);
        assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}))
                .isCloseTo(4.0 / 7, within(1e-12));
        assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}))
                .isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void aPlanThatCannotBeRunIsRefused() {
        assertThatThrownBy(() -> new BenchmarkPlan(SMALL, 1, 9, RegressionRule.PAPER))
                .hasMessage("trials is 1; allowed: 2 or more\ncycles is 9; allowed: 1 to the number of techniques, 8");
    }

    private static List<BenchmarkStudy.Cycle> study(RegressionRule rule) {
        return new BenchmarkStudy(FLEET, CLUSTERS, new BenchmarkPlan(SMALL, TRIALS, 2, rule), silent()).run();
    }

    /** Known without Spark: of each cluster the first model stands for it, and the last is held out. */
    private static FleetClusters trueClusters() {
        Map<Integer, List<String>> members = FLEET.models().stream()
                .collect(Collectors.groupingBy(
                        BenchmarkModel::cluster, Collectors.mapping(BenchmarkModel::id, Collectors.toList())));
        return new FleetClusters(
                members.size(),
                1,
                members.values().stream().map(ids -> ids.get(0)).sorted().toList(),
                members.values().stream()
                        .map(ids -> ids.get(ids.size() - 1))
                        .sorted()
                        .toList());
    }

    private static Progress silent() {
        return new Progress(new PrintWriter(Writer.nullWriter()), false, Clock.systemUTC());
    }
}
