package dev.smt.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.backtest.BackTestConfiguration;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.importance.ImportanceConfiguration;
import dev.smt.jobs.iteration.IterationConfiguration;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.representative.RepresentativesConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The number of trainings of every step: what is known, and between what it lies where results decide. */
class TrainingPlanTest {
    /** 40 models, 6 of them representatives, 8 held out; 3 techniques of which the study has still to decide. */
    private static final Map<FeatureType, Integer> FEATURES = Map.of(FeatureType.ID, 5, FeatureType.EVENT, 1);

    private static final CycleShape UNDECIDED =
            new CycleShape(40, TrainingCount.of(6), TrainingCount.of(8), 3, 3, TrainingCount.atMost(3), 4, FEATURES);

    @Test
    void aStudyTrainsBaselinesTrialsAndReplicates() {
        assertThat(counts(UNDECIDED, "mmo", "mmo {trials = 10, allow-over-capacity = true}"))
                .containsExactly(TrainingCount.of(6), TrainingCount.of(3 * 10 * 6), TrainingCount.NONE);
        assertThat(counts(UNDECIDED, "mmo", "mmo {trials = 10, regression-rule = probability, replicates = 2}"))
                .as("where capacity is limited a search may train nothing more; each replicate has its own baselines")
                .containsExactly(
                        TrainingCount.of(6), TrainingCount.atMost(180), TrainingCount.atMost(2 * 6 + 2 * 3 * 6));
        assertThat(counts(UNDECIDED, "mmo", "mmo {trials = 10, allow-over-capacity = true, racing = lossless}")
                        .get(1))
                .isEqualTo(TrainingCount.atMost(180));
    }

    @Test
    void aTechniqueOfFewThetasMayEndItsSearchEarly() {
        CycleShape oneIsFinite = new CycleShape(
                40, TrainingCount.of(6), TrainingCount.of(8), 3, 2, TrainingCount.atMost(3), 4, FEATURES);
        assertThat(counts(oneIsFinite, "mmo", "mmo {trials = 10, allow-over-capacity = true}")
                        .get(1))
                .isEqualTo(new TrainingCount(120, 180));
    }

    @Test
    void whatFollowsAStudyDependsOnWhatItAccepts() {
        assertThat(counts(UNDECIDED, "holdout", ""))
                .containsExactly(TrainingCount.atMost(8), TrainingCount.atMost(3 * 8));
        assertThat(counts(UNDECIDED, "backtest", ""))
                .as("of 3 techniques: 3 versions without one, then 2 without two")
                .containsExactly(TrainingCount.atMost(6), TrainingCount.atMost(6), TrainingCount.atMost(5 * 6));
        CycleShape decided =
                new CycleShape(40, TrainingCount.of(6), TrainingCount.of(8), 3, 3, TrainingCount.of(1), 4, FEATURES);
        assertThat(counts(decided, "holdout", "")).containsExactly(TrainingCount.of(8), TrainingCount.of(8));
        assertThat(counts(decided, "backtest", "back-test.models = all"))
                .containsExactly(TrainingCount.of(40), TrainingCount.of(40), TrainingCount.NONE);
        CycleShape nothing =
                new CycleShape(40, TrainingCount.of(6), TrainingCount.of(8), 3, 3, TrainingCount.NONE, 4, FEATURES);
        assertThat(counts(nothing, "backtest", "")).containsOnly(TrainingCount.NONE);
    }

    @Test
    void trialsOnAShareOfTheRowsTakeThatShareOfTheHours() {
        TrainingCount replicates = TrainingCount.atMost(6 * (1 + 3));
        assertThat(counts(UNDECIDED, "mmo", "mmo {trials = 10, allow-over-capacity = true, rows-share = 0.25}"))
                .containsExactly(TrainingCount.of(6), TrainingCount.of(6 * 3 * 10), replicates);
        assertThat(counts(UNDECIDED, "mmo", "mmo {trials = 10, allow-over-capacity = true, rows-share = auto}"))
                .as("three shares, two samples, three techniques and the baselines")
                .containsExactly(
                        TrainingCount.atMost(3 * 2 * 6 * (3 + 1)),
                        TrainingCount.of(6),
                        TrainingCount.of(6 * 3 * 10),
                        replicates);
        StepPlan sampled = new StepPlan(
                "mmo", Optional.empty(), List.of(new PlannedTrainings("trials", TrainingCount.of(1000), 0.25, 0.5)));
        assertThat(new PlanText(List.of(sampled), 1, Optional.of(new PastTrainings(50, 36)), OptionalDouble.empty())
                        .lines())
                .anyMatch(line -> line.startsWith("hours: 2.5 to 5.0 of one slot"));
    }

    @Test
    void everyModelIsIterated() {
        assertThat(counts(UNDECIDED, "iterate", "iterate.tuning-trials = 5"))
                .containsExactly(TrainingCount.of(40), TrainingCount.atMost(40), TrainingCount.atMost(200));
    }

    @Test
    void importanceKeepsAllSlotsBusy() {
        assertThat(counts(UNDECIDED, "importance", ""))
                .as("6 models in 2 shares for 4 slots")
                .containsExactly(TrainingCount.of(12));
        assertThat(counts(UNDECIDED, "importance", "importance.models = all")).containsExactly(TrainingCount.of(40));
    }

    @Test
    void eachMethodOfImportanceAndTheKneeTrainsItsOwn() {
        assertThat(counts(
                        UNDECIDED,
                        "importance",
                        "importance {method = integrated-gradients, compared-methods = [permutation, leave-one-out],"
                                + " left-out-features = 2, knee = [id, event]}"))
                .containsExactly(
                        TrainingCount.of(12),
                        TrainingCount.of(6),
                        TrainingCount.atMost(6 * 2 * 2),
                        // All features; 1, 2 and 4 of five ids. One history is all of them.
                        TrainingCount.of(6 * (1 + 3)));
        assertThat(counts(UNDECIDED, "importance", "importance.method = integrated-gradients"))
                .containsExactly(TrainingCount.of(6));
        assertThat(counts(
                        UNDECIDED,
                        "importance",
                        "importance {method = learned-gates, compared-methods = [first-order-ablation]}"))
                .containsExactly(TrainingCount.of(6));
    }

    @Test
    void otherStepsTrainNothing() {
        for (String step : List.of("ingest", "representatives", "sensitivity", "integrate")) {
            assertThat(counts(UNDECIDED, step, "")).isEmpty();
        }
    }

    @Test
    void representativesThatAreNotChosenYetAreARange() {
        RepresentativesConfiguration elbow = read("representatives {k-min = 4, k-max = 12, holdout-share = 0.25}")
                .read(root -> RepresentativesConfiguration.read(root.section("representatives")));
        TrainingCount range = CycleShape.representatives(elbow, 40);
        assertThat(range).isEqualTo(new TrainingCount(4, 12));
        assertThat(CycleShape.representatives(elbow, 10)).isEqualTo(new TrainingCount(4, 10));
        assertThat(CycleShape.holdout(elbow, 40, range))
                .as("a quarter of 28; a quarter of 36, rounded up in 12 clusters")
                .isEqualTo(new TrainingCount(7, 21));
    }

    @Test
    void thePlanInWords() {
        List<StepPlan> steps = List.of(
                new StepPlan("ingest", Optional.of("ingest-1"), List.of()),
                new StepPlan(
                        "mmo", Optional.empty(), List.of(new PlannedTrainings("trials", new TrainingCount(900, 1800)))),
                new StepPlan("integrate", Optional.empty(), List.of()));
        assertThat(new PlanText(steps, 4, Optional.of(new PastTrainings(50, 8)), OptionalDouble.of(3)).lines())
                .contains(
                        "  ingest     already done (run ingest-1)",
                        "  mmo        runs; trainings: 900 to 1,800",
                        "    trials: 900 to 1,800",
                        "  integrate  runs; trains nothing",
                        "in all: 900 to 1,800 trainings, 4 at once",
                        "cost: 6.0 to 12 at 3.0 per slot hour")
                .anyMatch(line -> line.startsWith(
                        "hours: 2.0 to 4.0 of one slot, so 0.50 to 1.0 with 4 (a training took 8.00 s"));
        assertThat(new PlanText(steps, 4, Optional.empty(), OptionalDouble.empty()).lines())
                .anyMatch(line -> line.startsWith("hours: unknown, since this warehouse has no finished training yet"));
    }

    private static List<TrainingCount> counts(CycleShape shape, String step, String configuration) {
        TrainingPlan plan = read(configuration)
                .read(root -> new TrainingPlan(
                        shape,
                        ImportanceConfiguration.read(root.section("importance")),
                        MmoConfiguration.read(root.section("mmo")),
                        BackTestConfiguration.read(root.section("back-test")),
                        IterationConfiguration.read(root.section("iterate"))));
        return plan.of(step).stream().map(PlannedTrainings::count).toList();
    }

    private static SmtConfiguration read(String text) {
        return new SmtConfiguration("test", ConfigFactory.parseString(text));
    }
}
