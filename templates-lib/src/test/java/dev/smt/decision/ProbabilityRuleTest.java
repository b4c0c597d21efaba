package dev.smt.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class ProbabilityRuleTest {
    private static final ProbabilityRule RULE = new ProbabilityRule(Fleets.objective(20, 0.1), ProbabilityRule.SURE);

    private static double[] effects(double mean, double spread, int models, RandomGenerator random) {
        double[] effects = new double[models];
        Arrays.setAll(effects, i -> mean + spread * random.nextGaussian());
        return effects;
    }

    @Test
    void aClearGainIsAcceptedAndAClearLossRejected() {
        RandomGenerator random = new Well19937c(1);
        Evidence gain = RULE.evidence(Fleets.replicates(effects(0.5, 0.1, 20, random), 0.05, 0.05, 2, random));
        assertThat(gain.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(gain.acceptance()).isGreaterThan(0.999);
        assertThat(gain.mu().orElseThrow().mean()).isCloseTo(0.5, within(0.06));
        assertThat(RULE.toClose(gain)).isEmpty();
        Evidence loss = RULE.evidence(Fleets.replicates(effects(-0.5, 0.1, 20, random), 0.05, 0.05, 2, random));
        assertThat(loss.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(loss.regressionRate().orElseThrow().mean()).isGreaterThan(0.95);
    }

    @Test
    void withoutFreshReplicatesNothingIsAcceptedButALossIsRejected() {
        RandomGenerator random = new Well19937c(2);
        Evidence gain = RULE.evidence(Fleets.replicates(effects(0.5, 0.1, 20, random), 0.05, 0.05, 0, random));
        assertThat(gain.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(RULE.toClose(gain).orElseThrow()).startsWith("1 more replicate of 20 trainings");
        Evidence loss = RULE.evidence(Fleets.replicates(effects(-0.5, 0.1, 20, random), 0.05, 0.05, 0, random));
        assertThat(loss.verdict()).isEqualTo(Verdict.REJECTED);
    }

    /** A technique that does nothing must not get in (issue: at most 5 %); here it is never even likely. */
    @Test
    void aTechniqueThatDoesNothingIsAcceptedInLessThanOneOfTwenty() {
        int accepted = 0;
        for (int run = 0; run < 200; run++) {
            RandomGenerator random = new Well19937c(run);
            List<ModelReplicates> models = Fleets.replicates(new double[20], 0.05, 0.05, 3, random);
            accepted += RULE.evidence(models).verdict() == Verdict.ACCEPTED ? 1 : 0;
        }
        assertThat(accepted).isLessThanOrEqualTo(2);
    }

    /** Whoever says 95 percent must be right in 95 of 100: over effects that come from where the prior thinks they do. */
    @Test
    void theIntervalsOfMuCoverTheTruth() {
        int covered = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            RandomGenerator random = new Well19937c(1000 + run);
            double[] effects = effects(0.2 * random.nextGaussian(), 0.1, 20, random);
            Evidence evidence = RULE.evidence(Fleets.replicates(effects, 0.1, 0.1, 2, random));
            double truth = Arrays.stream(effects).average().orElseThrow();
            Interval mu = evidence.mu().orElseThrow();
            covered += mu.low() <= truth && truth <= mu.high() ? 1 : 0;
        }
        // Errors are taken a little too large on purpose: rows that differ by replicate count twice.
        assertThat((double) covered / runs).isBetween(0.94, 0.995);
    }

    /** Of the models that are said to regress with probability p, a share of about p does. */
    @Test
    void theProbabilitiesOfRegressionAreCalibrated() {
        double[] said = new double[5];
        double[] truth = new double[5];
        int[] counts = new int[5];
        for (int run = 0; run < 300; run++) {
            RandomGenerator random = new Well19937c(5000 + run);
            double[] effects = effects(0.05, 0.15, 20, random);
            Evidence evidence = RULE.evidence(Fleets.replicates(effects, 0.1, 0.1, 2, random));
            for (int i = 0; i < effects.length; i++) {
                double probability = evidence.regressions().get("m" + i);
                int bin = Math.min(4, (int) (5 * probability));
                said[bin] += probability;
                truth[bin] += effects[i] < -0.05 ? 1 : 0;
                counts[bin]++;
            }
        }
        for (int bin = 0; bin < 5; bin++) {
            assertThat(counts[bin]).isGreaterThan(50);
            assertThat(truth[bin] / counts[bin]).as("bin %d", bin).isCloseTo(said[bin] / counts[bin], within(0.07));
        }
    }

    @Test
    void oneModelThatSurelyLosesIsFoundAmongManyThatGain() {
        double[] effects = new double[20];
        Arrays.fill(effects, 0.3);
        effects[7] = -0.6;
        Evidence evidence = RULE.evidence(Fleets.replicates(effects, 0.05, 0.02, 2, new Well19937c(3)));
        assertThat(evidence.regressions().get("m7")).isGreaterThan(0.99);
        assertThat(evidence.regressions().get("m6")).isLessThan(0.01);
        assertThat(evidence.regressionRate().orElseThrow().mean()).isCloseTo(0.05, within(0.005));
        assertThat(evidence.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(evidence.nextRegression().orElseThrow().mean()).isBetween(0.02, 0.2);
    }

    @Test
    void theTrainingsNoiseIsLearnedFromTheReplicates() {
        for (double seedDeviation : new double[] {0.01, 0.3}) {
            Evidence evidence =
                    RULE.evidence(Fleets.replicates(new double[20], 0.1, seedDeviation, 4, new Well19937c(4)));
            double learned = evidence.estimates().get(0).seedDeviation();
            assertThat(learned).isCloseTo(seedDeviation, within(0.04));
        }
    }

    @Test
    void sayingWhatWouldCloseItIsTrueWhenItIsDone() {
        double[] effects = new double[20];
        Arrays.fill(effects, 0.1);
        Evidence open = RULE.evidence(exact(effects, 0.02, 0.2, 1));
        assertThat(open.verdict()).isEqualTo(Verdict.OPEN);
        int enough = RULE.replicatesToClose(open, 32).orElseThrow();
        assertThat(RULE.toClose(open).orElseThrow())
                .startsWith((enough - 1) + " more replicate")
                .contains("of 20 trainings");
        assertThat(RULE.evidence(exact(effects, 0.02, 0.2, enough)).verdict()).isEqualTo(Verdict.ACCEPTED);

        Evidence rows = RULE.evidence(exact(effects, 0.3, 0.001, 2));
        assertThat(RULE.toClose(rows).orElseThrow())
                .matches("replicates alone can't close it; \\d+ times the evaluation rows would");
        Arrays.fill(effects, 0.05);
        assertThat(RULE.toClose(RULE.evidence(exact(effects, 0.01, 0.01, 2))).orElseThrow())
                .contains("too near to the border");
    }

    /** Means that are exactly the effects, and deviations from seed to seed that are exactly as told. */
    private static List<ModelReplicates> exact(double[] effects, double rowError, double seedDeviation, int fresh) {
        return IntStream.range(0, effects.length)
                .mapToObj(i -> {
                    String id = "m" + i;
                    double sign = i % 2 == 0 ? 1 : -1;
                    List<ModelDelta> deltas = new ArrayList<>();
                    for (int k = 0; k < fresh; k++) {
                        double side = fresh == 1 ? 0 : fresh % 2 == 1 && k == fresh - 1 ? 0 : k % 2 == 0 ? 1 : -1;
                        deltas.add(new ModelDelta(id, false, effects[i] + sign * side * seedDeviation, rowError));
                    }
                    double search = effects[i] + sign * seedDeviation * Math.sqrt(2);
                    return new ModelReplicates(id, Optional.of(new ModelDelta(id, false, search, rowError)), deltas);
                })
                .toList();
    }

    @Test
    void aFailedModelRejectsAndMissingErrorsLeaveItOpen() {
        FleetObjective two = Fleets.objective(2, 0.5);
        ProbabilityRule rule = new ProbabilityRule(two, 0.9);
        ModelReplicates fine =
                new ModelReplicates("m0", Optional.empty(), List.of(new ModelDelta("m0", false, 1, 0.01)));
        Evidence failed = rule.evidence(
                List.of(fine, new ModelReplicates("m1", Optional.empty(), List.of(ModelDelta.failure("m1")))));
        assertThat(failed.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(rule.toClose(failed)).contains("the training of m1 failed");
        ModelDelta unknown = new ModelDelta("m1", false, 1, Double.NaN);
        Evidence known = rule.evidence(List.of(fine, new ModelReplicates("m1", Optional.empty(), List.of(unknown))));
        assertThat(known.estimates().get(1).rowError()).isEqualTo(0.01);
        Evidence none = rule.evidence(List.of(
                new ModelReplicates("m0", Optional.empty(), List.of(new ModelDelta("m0", false, 1, Double.NaN))),
                new ModelReplicates("m1", Optional.empty(), List.of(unknown))));
        assertThat(none.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(rule.toClose(none).orElseThrow()).contains("standard error");
    }

    @Test
    void degenerateFleetsHaveFiniteAnswers() {
        for (int models : new int[] {1, 2, 50}) {
            for (double error : new double[] {0, 1e-12, 1e3}) {
                ProbabilityRule rule = new ProbabilityRule(Fleets.objective(models, 0.1), 0.95);
                Evidence evidence =
                        rule.evidence(Fleets.replicates(new double[models], error, 0, 2, new Well19937c(1)));
                assertThat(evidence.acceptance()).isBetween(0.0, 1.0);
                assertThat(evidence.mu().orElseThrow().mean()).isFinite();
                assertThat(evidence.verdict()).isNotEqualTo(Verdict.ACCEPTED);
            }
        }
    }

    @Test
    void theSameEvidenceGivesTheSameAnswer() {
        List<ModelReplicates> models = Fleets.replicates(new double[20], 0.1, 0.1, 2, new Well19937c(9));
        assertThat(RULE.evidence(models)).isEqualTo(RULE.evidence(models));
    }

    @Test
    void anIncompleteFleetIsRefused() {
        List<ModelReplicates> models = Fleets.replicates(new double[19], 0.1, 0.1, 2, new Well19937c(9));
        assertThatThrownBy(() -> RULE.evidence(models))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m19");
    }
}
