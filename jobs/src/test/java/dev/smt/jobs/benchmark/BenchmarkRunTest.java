package dev.smt.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.benchmark.BenchmarkFleet;
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
    private static final int TRIALS = 6;
    private static final BenchmarkShape SMALL = new BenchmarkShape(24, 4, 8, 0.25, 0.05, 0.035, 1);
    private static final BenchmarkFleet FLEET = BenchmarkFleet.of(SMALL, 5);
    private static final FleetClusters CLUSTERS = FleetClusters.of(TestSpark.session(), FLEET);

    @Test
    void twoCyclesFindTheClustersTakeWhatIsGoodAndGain() {
        Map<String, Double> values = Measures.of(FLEET, CLUSTERS, study(RegressionRule.PROBABILITY)).stream()
                .collect(Collectors.toMap(Measure::name, Measure::value));
        assertThat(CLUSTERS.found()).isEqualTo(4);
        assertThat(CLUSTERS.adjustedRandIndex()).isEqualTo(1);
        assertThat(values.get("accepted") + values.get("missed")).isGreaterThanOrEqualTo(6);
        assertThat(values.get("accepted")).isBetween(2.0, 6.0);
        assertThat(values.get("unable-accepted")).isZero();
        assertThat(values.get("integrated")).isBetween(1.0, values.get("accepted"));
        assertThat(values.get("gain"))
                .isPositive()
                .isCloseTo(values.get("gain-cycle-1") + values.get("gain-cycle-2"), within(1e-12));
        assertThat(values.get("decision-trainings")).isGreaterThan(8 * TRIALS * 4.0);
        assertThat(values.get("trainings")).isGreaterThan(values.get("decision-trainings"));
        assertThat(values.get("fragmented-trainings"))
                .isBetween(values.get("trainings") - 2 * 24, values.get("trainings"));
    }

    @Test
    void theSameSeedGivesTheSameStudy() {
        assertThat(study(RegressionRule.PAPER)).isEqualTo(study(RegressionRule.PAPER));
    }

    @Test
    void thePapersRuleNeedsNoReplicates() {
        assertThat(study(RegressionRule.PAPER).stream().flatMap(cycle -> cycle.studied().stream()))
                .hasSize(8)
                .allMatch(studied -> studied.trainings() == TRIALS * 4);
    }

    @Test
    void clustersOnlyRunsNoStudy() {
        BenchmarkPlan plan = new BenchmarkPlan(SMALL, TRIALS, 2, RegressionRule.PAPER);
        assertThat(new BenchmarkRun(TestSpark.session(), plan, true, silent()).of(2))
                .extracting(Measure::name)
                .containsExactly("clusters-found", "adjusted-rand-index");
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

    private static Progress silent() {
        return new Progress(new PrintWriter(Writer.nullWriter()), false, Clock.systemUTC());
    }
}
