package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.bayes.ThetaRule;
import dev.smt.bayes.TrialBelief;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.technique.Technique;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithm 1, lines 15 to 19, with alpha 0.05, epsilon 0.1, tau 0.05 and ten models of equal weight. */
class TechniqueDeciderTest {
    private static final int MODELS = 10;
    private static final Technique TECHNIQUE =
            new IdleTechnique("t", SearchSpace.of(new Parameter.Real("t.a", 0, 9, false)));
    private static final StudyBeliefs NONE = StudyBeliefs.missing("of the test");
    private static final TechniqueDecider DECIDER =
            new TechniqueDecider(objective(), new CapacityLimit(0.02), ThetaRule.PAPER);

    @Test
    void acceptsTheFeasibleThetaWithTheHighestGain() {
        TechniqueDecisionRow row =
                DECIDER.decide("run", "study", TECHNIQUE, List.of(trial(0, 0.2), trial(1, 0.3), trial(2, 0.25)), NONE);
        assertThat(row.accepted()).isTrue();
        assertThat(row.reason()).isEqualTo("ACCEPTED");
        assertThat(row.thetaStar()).isEqualTo(Optional.of("{\"t.a\":1.0}"));
        assertThat(row.muStar().orElseThrow()).isCloseTo(0.3, within(1e-12));
        assertThat(row.flopsRatio()).hasValue(1);
        assertThat(row.models()).isEqualTo(MODELS);
        assertThat(row.holdoutMu()).isEmpty();
    }

    @Test
    void aGainOfTauIsEnoughAndLessIsNot() {
        // Half of the models gain nothing, the others 0.125: mu is exactly 0.0625.
        CompletedTrial trial = trial(0, 1, 0.125, 0, 0.125, 0, 0.125, 0, 0.125, 0, 0.125, 0);
        assertThat(new TechniqueDecider(objective(0.0625), new CapacityLimit(0), ThetaRule.PAPER)
                        .decide("run", "study", TECHNIQUE, List.of(trial), NONE)
                        .accepted())
                .isTrue();
        TechniqueDecisionRow below = new TechniqueDecider(objective(0.0626), new CapacityLimit(0), ThetaRule.PAPER)
                .decide("run", "study", TECHNIQUE, List.of(trial), NONE);
        assertThat(below.accepted()).isFalse();
        assertThat(below.reason()).isEqualTo("BELOW_TAU");
    }

    @Test
    void regressionsUpToEpsilonAreFeasibleAndOneMoreIsNot() {
        CompletedTrial one = trial(0, 1, -0.06, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        TechniqueDecisionRow feasible = DECIDER.decide("run", "study", TECHNIQUE, List.of(one), NONE);
        assertThat(feasible.accepted()).isTrue();
        assertThat(feasible.regressionRate()).hasValue(0.1);
        // Clopper-Pearson, 1 of 10, 95 %.
        assertThat(feasible.regressionRateLow().orElseThrow()).isCloseTo(0.002529, within(1e-6));
        assertThat(feasible.regressionRateHigh().orElseThrow()).isCloseTo(0.445016, within(1e-6));

        CompletedTrial two = trial(1, 1, -0.06, -0.06, 1, 1, 1, 1, 1, 1, 1, 1);
        TechniqueDecisionRow infeasible = DECIDER.decide("run", "study", TECHNIQUE, List.of(two), NONE);
        assertThat(infeasible.accepted()).isFalse();
        assertThat(infeasible.reason()).isEqualTo("NO_FEASIBLE_TRIAL");
    }

    @Test
    void aLossOfExactlyAlphaIsNoRegression() {
        CompletedTrial trial = trial(0, 1, -0.05, -0.05, -0.05, 1, 1, 1, 1, 1, 1, 1);
        assertThat(DECIDER.decide("run", "study", TECHNIQUE, List.of(trial), NONE)
                        .regressionRate())
                .hasValue(0);
    }

    @Test
    void withoutAFeasibleTrialTheLeastInfeasibleThetaIsKept() {
        CompletedTrial half = trial(0, 1, -1, -1, -1, -1, -1, 9, 9, 9, 9, 9);
        CompletedTrial third = trial(1, 1, -1, -1, -1, 1, 1, 1, 1, 1, 1, 1);
        TechniqueDecisionRow row = DECIDER.decide("run", "study", TECHNIQUE, List.of(half, third), NONE);
        assertThat(row.reason()).isEqualTo("NO_FEASIBLE_TRIAL");
        assertThat(row.thetaStar()).isEqualTo(Optional.of("{\"t.a\":1.0}"));
        assertThat(row.regressionRate()).hasValue(0.3);
    }

    @Test
    void aTrialWithAFailedModelIsInfeasibleAndHasNoMean() {
        List<ModelDelta> deltas = new ArrayList<>(trial(0, 5).deltas());
        deltas.set(3, ModelDelta.failure("m3"));
        CompletedTrial failed = new CompletedTrial(0, trial(0, 5).theta(), deltas, 1);
        TechniqueDecisionRow row = DECIDER.decide("run", "study", TECHNIQUE, List.of(failed), NONE);
        assertThat(row.reason()).isEqualTo("NO_FEASIBLE_TRIAL");
        assertThat(row.muStar()).isEmpty();
        assertThat(row.regressionRate()).hasValue(0.1);
    }

    @Test
    void prefersAThetaWithinTheServingCapacity() {
        CompletedTrial dear = withFlops(trial(0, 0.9), 1.5);
        CompletedTrial neutral = withFlops(trial(1, 0.2), 1.02);
        TechniqueDecisionRow row = DECIDER.decide("run", "study", TECHNIQUE, List.of(dear, neutral), NONE);
        assertThat(row.accepted()).isTrue();
        assertThat(row.thetaStar()).isEqualTo(Optional.of("{\"t.a\":1.0}"));
        assertThat(row.flopsRatio()).hasValue(1.02);
    }

    @Test
    void aGainThatOnlyAnExpensiveThetaHasIsOverCapacity() {
        List<CompletedTrial> trials = List.of(withFlops(trial(0, 0.9), 1.5), withFlops(trial(1, 0.01), 1));
        TechniqueDecisionRow row = DECIDER.decide("run", "study", TECHNIQUE, trials, NONE);
        assertThat(row.accepted()).isFalse();
        assertThat(row.reason()).isEqualTo("OVER_CAPACITY");
        assertThat(row.thetaStar()).isEqualTo(Optional.of("{\"t.a\":0.0}"));
        assertThat(new TechniqueDecider(objective(), CapacityLimit.NONE, ThetaRule.PAPER)
                        .decide("run", "study", TECHNIQUE, trials, NONE)
                        .accepted())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.0000000000000002, 0.9999999999999998})
    void roundingDoesNotMakeATechniqueTooExpensive(double flopsRatio) {
        TechniqueDecider exact = new TechniqueDecider(objective(), new CapacityLimit(0), ThetaRule.PAPER);
        assertThat(exact.decide("run", "study", TECHNIQUE, List.of(withFlops(trial(0, 0.3), flopsRatio)), NONE)
                        .accepted())
                .isTrue();
    }

    @Test
    void aTechniqueThatFitsNoModelSaysSo() {
        TechniqueDecisionRow row = TechniqueDecider.noFittingModel("run", "study", "t");
        assertThat(row.accepted()).isFalse();
        assertThat(row.reason()).isEqualTo("NO_FITTING_MODEL");
        assertThat(row.thetaStar()).isEmpty();
        assertThat(row.models()).isZero();
    }

    @Test
    void thePosteriorTakesTheSurelyFeasibleThetaOfTheLargestExpectedMu() {
        List<CompletedTrial> trials = List.of(trial(0, 0.2), trial(1, 0.9), trial(2, 0.3));
        StudyBeliefs beliefs = StudyBeliefs.of(List.of(
                belief(trials.get(0), 0.21, 0.99), belief(trials.get(1), 0.5, 0.4), belief(trials.get(2), 0.2, 1)));
        TechniqueDecisionRow row = posterior().decide("run", "study", TECHNIQUE, trials, beliefs);
        assertThat(row.thetaRule()).hasValue("posterior");
        assertThat(row.thetaStar()).hasValue("{\"t.a\":0.0}");
        assertThat(row.muStar().orElseThrow()).isCloseTo(0.2, within(1e-12));
        assertThat(row.posteriorReason()).hasValue("ACCEPTED");
        assertThat(row.posteriorTheta()).isEqualTo(row.thetaStar());
        assertThat(row.posteriorMu()).hasValue(0.21);
        assertThat(row.posteriorMuSd()).hasValue(0.01);
        assertThat(row.posteriorFeasibility()).hasValue(0.99);
        assertThat(row.paperReason()).hasValue("ACCEPTED");
        assertThat(row.paperTheta()).hasValue("{\"t.a\":1.0}");
        assertThat(DecisionText.of(row))
                .isEqualTo(
                        "t: accepted, mu +0.200 %, R 0.00 at {\"t.a\":0.0}; the paper's rule would take {\"t.a\":1.0}");
    }

    @Test
    void aRejectionThatTheObservedTrialsDoNotExplainSaysHowSureThePosteriorIs() {
        List<CompletedTrial> trials = List.of(trial(0, 0.2), trial(1, 0.9));
        StudyBeliefs beliefs =
                StudyBeliefs.of(List.of(belief(trials.get(0), 0.2, 0.3), belief(trials.get(1), 0.5, 0.84)));
        TechniqueDecisionRow row = posterior().decide("run", "study", TECHNIQUE, trials, beliefs);
        assertThat(row.reason()).isEqualTo("NO_FEASIBLE_TRIAL");
        assertThat(DecisionText.of(row))
                .isEqualTo(
                        "t: rejected, NO_FEASIBLE_TRIAL (the surest is feasible with probability 0.84; 0.90 is needed),"
                                + " mu +0.900 %, R 0.00 at {\"t.a\":1.0}; the paper's rule would take {\"t.a\":1.0}");
        TechniqueDecisionRow lost = DECIDER.decide("run", "study", TECHNIQUE, List.of(trial(0, -1)), NONE);
        assertThat(DecisionText.reason(lost)).isEqualTo("NO_FEASIBLE_TRIAL");
    }

    @Test
    void bothVerdictsAreKeptWhenThePaperDecides() {
        List<CompletedTrial> trials = List.of(trial(0, 0.2), trial(1, 0.9));
        StudyBeliefs beliefs =
                StudyBeliefs.of(List.of(belief(trials.get(0), 0.01, 0.99), belief(trials.get(1), 0.5, 0.4)));
        TechniqueDecisionRow row = DECIDER.decide("run", "study", TECHNIQUE, trials, beliefs);
        assertThat(row.thetaRule()).hasValue("paper");
        assertThat(row.thetaStar()).hasValue("{\"t.a\":1.0}").isEqualTo(row.paperTheta());
        assertThat(row.posteriorReason()).hasValue("BELOW_TAU");
        assertThat(row.posteriorTheta()).hasValue("{\"t.a\":0.0}");
        assertThat(DecisionText.of(row)).endsWith("; the posterior would reject it, BELOW_TAU");
    }

    @Test
    void theCapacityLimitsThePosteriorToo() {
        List<CompletedTrial> trials = List.of(withFlops(trial(0, 0.9), 1.5), withFlops(trial(1, 0.01), 1));
        StudyBeliefs beliefs = StudyBeliefs.of(List.of(belief(trials.get(0), 0.8, 1), belief(trials.get(1), 0.01, 1)));
        TechniqueDecisionRow row = posterior().decide("run", "study", TECHNIQUE, trials, beliefs);
        assertThat(row.accepted()).isFalse();
        assertThat(row.reason()).isEqualTo("OVER_CAPACITY");
        assertThat(row.posteriorTheta()).hasValue("{\"t.a\":0.0}");
        assertThat(DecisionText.of(row)).doesNotContain("would");
    }

    @Test
    void withoutASurrogateThePaperDecides() {
        TechniqueDecisionRow row = posterior().decide("run", "study", TECHNIQUE, List.of(trial(0, 0.3)), NONE);
        assertThat(row.accepted()).isTrue();
        assertThat(row.thetaRule()).hasValue("paper");
        assertThat(row.posteriorReason()).hasValue("NO_SURROGATE");
        assertThat(row.posteriorTheta()).isEmpty();
        assertThat(row.posteriorMu()).isEmpty();
        assertThat(DecisionText.of(row)).doesNotContain("would");
    }

    private static TechniqueDecider posterior() {
        return new TechniqueDecider(objective(), new CapacityLimit(0.02), ThetaRule.POSTERIOR);
    }

    private static TrialBelief belief(CompletedTrial trial, double mu, double feasibility) {
        return new TrialBelief(trial.theta(), true, mu, 0.01, feasibility);
    }

    private static FleetObjective objective() {
        return objective(0.05);
    }

    private static FleetObjective objective(double tau) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int model = 0; model < MODELS; model++) {
            weights.put("m" + model, 1.0);
        }
        return new FleetObjective(0.05, 0.1, tau, weights);
    }

    private static CompletedTrial trial(int number, double everyDelta) {
        double[] deltas = new double[MODELS];
        Arrays.fill(deltas, everyDelta);
        return trial(number, 1, deltas);
    }

    private static CompletedTrial trial(int number, double flopsRatio, double... deltas) {
        List<ModelDelta> ofModels = new ArrayList<>();
        for (int model = 0; model < deltas.length; model++) {
            ofModels.add(new ModelDelta("m" + model, false, deltas[model], 0.01));
        }
        return new CompletedTrial(number, ParameterValues.empty().with("t.a", (double) number), ofModels, flopsRatio);
    }

    private static CompletedTrial withFlops(CompletedTrial trial, double flopsRatio) {
        return new CompletedTrial(trial.number(), trial.theta(), trial.deltas(), flopsRatio);
    }
}
