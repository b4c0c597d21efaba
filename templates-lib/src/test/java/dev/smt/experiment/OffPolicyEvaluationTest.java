package dev.smt.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Off-policy estimates: values computed elsewhere, and a bandit whose truth is known. */
class OffPolicyEvaluationTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final double NO_CLIP = Double.POSITIVE_INFINITY;
    private static final List<LoggedChoice> SIX = List.of(
            new LoggedChoice(1, .5, .25, .8, .5),
            new LoggedChoice(0, .25, .5, .3, .4),
            new LoggedChoice(2, .2, .6, 1.5, 1.2),
            new LoggedChoice(1, .8, .1, .9, .6),
            new LoggedChoice(0, .5, .5, .2, .3),
            new LoggedChoice(3, .4, .8, 2.0, 1.9));

    /** Expected values: Python by the formulas of docs/experiments.md, row by row. */
    @Test
    void everyEstimateOfSixRows() {
        OffPolicyEvaluation evaluation = OffPolicyEvaluation.of(LoggedSample.of(SIX, NO_CLIP), true, 0.95);
        assertEstimate(evaluation.logged(), 1.1666666666666667, 0.4772607021092118);
        assertValue(evaluation, Estimator.IPS, 2.1041666666666665, 1.2342409385709276);
        assertEstimate(value(evaluation, Estimator.IPS).difference(), 0.9375, 0.8315084184781292);
        assertValue(evaluation, Estimator.SNIPS, 1.463768115942029, 0.6064309226121319);
        assertEstimate(value(evaluation, Estimator.SNIPS).difference(), 0.2971014492753623, 0.17970315941826517);
        assertValue(evaluation, Estimator.DM, 0.8166666666666668, 0.2522124325070259);
        assertValue(evaluation, Estimator.DR, 1.2854166666666667, 0.6676171609621123);
        assertEstimate(value(evaluation, Estimator.DR).difference(), 0.11875, 0.22916856059823446);
        assertThat(evaluation.decisive().estimator()).isEqualTo(Estimator.DR);
        assertThat(evaluation.effectiveSampleSize()).isCloseTo(4.072711719418306, EXACT);
        assertThat(evaluation.effectiveRewards()).isCloseTo(2.2056216216216216, EXACT);
        assertEstimate(evaluation.meanWeight(), 1.4375, 0.44223626792322973);
        assertThat(evaluation.sample().sums().largestWeight()).isCloseTo(3, EXACT);
        assertThat(evaluation.finding().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(evaluation.finding().reasons())
                .containsExactly(
                        "the effective sample size is 4.07, below 100",
                        "the effective number of rewards is 2.21, below 10",
                        "the interval of the difference contains 0");
    }

    @Test
    void relativeLiftIsByTheDeltaMethod() {
        Estimate relative = value(OffPolicyEvaluation.of(LoggedSample.of(SIX, NO_CLIP), true, 0.8), Estimator.DR)
                .relative()
                .orElseThrow();
        assertEstimate(relative, 0.10178571428571415, 0.16717808180819607);
        assertThat(value(OffPolicyEvaluation.of(LoggedSample.of(SIX, NO_CLIP), true, 0.95), Estimator.DR)
                        .relative())
                .as("the logging policy's value can't be told from 0 at this level")
                .isEmpty();
    }

    @Test
    void clippingTellsItsBias() {
        OffPolicyEvaluation evaluation = OffPolicyEvaluation.of(LoggedSample.of(SIX, 2), true, 0.95);
        assertValue(evaluation, Estimator.IPS, 1.7708333333333333, 1.0559438247895157);
        assertValue(evaluation, Estimator.SNIPS, 1.3934426229508197, 0.6668480442401297);
        assertValue(evaluation, Estimator.DR, 1.2020833333333334, 0.6367922269294576);
        assertThat(value(evaluation, Estimator.IPS).clippingBias()).isCloseTo(-1.0 / 3, EXACT);
        assertThat(value(evaluation, Estimator.DR).clippingBias()).isCloseTo(-1.0 / 12, EXACT);
        assertThat(evaluation.sample().sums().clipped()).isEqualTo(1);
        assertThat(evaluation.sample().sums().largestWeight()).isCloseTo(3, EXACT);
    }

    @Test
    void ipsAndDoublyRobustHaveNoBias() {
        Bandit bandit = new Bandit();
        Means means = means(bandit, 1, 0);
        assertThat(means.of(Estimator.IPS)).isCloseTo(bandit.truth(), within(0.004));
        assertThat(means.of(Estimator.SNIPS)).isCloseTo(bandit.truth(), within(0.004));
        assertThat(means.of(Estimator.DR)).isCloseTo(bandit.truth(), within(0.004));
        assertThat(means.of(Estimator.DM)).isCloseTo(bandit.truth(), within(0.004));
        for (Estimator estimator : List.of(Estimator.IPS, Estimator.SNIPS, Estimator.DR)) {
            assertThat(means.coverage(estimator)).as(estimator.label()).isBetween(0.935, 0.965);
        }
    }

    @Test
    void doublyRobustStandsAWrongModel() {
        Bandit bandit = new Bandit();
        Means means = means(bandit, 1, 0.3);
        assertThat(means.of(Estimator.DR)).isCloseTo(bandit.truth(), within(0.004));
        assertThat(means.of(Estimator.DM)).isCloseTo(bandit.truth() + 0.3, within(0.004));
    }

    @Test
    void doublyRobustStandsWrongPropensities() {
        Bandit bandit = new Bandit();
        Means means = means(bandit, 0.7, 0);
        assertThat(means.of(Estimator.DR)).isCloseTo(bandit.truth(), within(0.004));
        assertThat(means.of(Estimator.IPS)).isGreaterThan(bandit.truth() + 0.1);
        LoggedSample wrong = LoggedSample.of(bandit.log(2000, 0.7, 0, new Random(1)), NO_CLIP);
        assertThat(OffPolicyEvaluation.of(wrong, true, 0.95).finding().reasons())
                .anyMatch(reason -> reason.startsWith("the mean weight is 1."));
    }

    @Test
    void aClearlyBetterPolicyIsFoundBetter() {
        LoggedSample sample = LoggedSample.of(new Bandit().log(4000, 1, 0, new Random(2)), NO_CLIP);
        OffPolicyEvaluation evaluation = OffPolicyEvaluation.of(sample, false, 0.95);
        assertThat(evaluation.values())
                .extracting(PolicyValue::estimator)
                .containsExactly(Estimator.IPS, Estimator.SNIPS);
        assertThat(evaluation.finding()).isEqualTo(new Finding(Verdict.HIGHER, List.of()));
    }

    @Test
    void missingPropensitiesOfTheTargetsActionsAreSaid() {
        List<LoggedChoice> rows = Stream.concat(
                        new Bandit().log(4000, 1, 0, new Random(2)).stream(),
                        Stream.of(
                                new LoggedChoice(1, Double.NaN, 0.5, 0, 0),
                                new LoggedChoice(1, 0, 0.5, 0, 0),
                                new LoggedChoice(1, Double.NaN, 0, 0, 0)))
                .toList();
        Finding finding = OffPolicyEvaluation.of(LoggedSample.of(rows, NO_CLIP), false, 0.95)
                .finding();
        assertThat(finding.reasons())
                .containsExactly(
                        "propensities are missing or 0 in 2 of 4003 rows whose action the target policy takes");
    }

    /** The logging policy never takes the first action: a third of the target policy is not in the log. */
    @Test
    void actionsThatWereNeverLoggedAreFoundByTheMeanWeight() {
        Random random = new Random(4);
        List<LoggedChoice> rows = random.doubles(3000)
                .mapToObj(uniform ->
                        new LoggedChoice(random.nextDouble() < 0.3 ? 1 : 0, uniform < 0.8 ? 0.8 : 0.2, 1.0 / 3, 0, 0))
                .toList();
        assertThat(OffPolicyEvaluation.of(LoggedSample.of(rows, NO_CLIP), false, 0.95)
                        .finding()
                        .reasons())
                .anyMatch(reason -> reason.startsWith("the mean weight is 0.6"));
    }

    @Test
    void weightsThatAreAllZeroLeaveNothingToTell() {
        List<LoggedChoice> rows = List.of(new LoggedChoice(1, 0.5, 0, 0, 0), new LoggedChoice(0, 0.5, 0, 0, 0));
        OffPolicyEvaluation evaluation = OffPolicyEvaluation.of(LoggedSample.of(rows, NO_CLIP), false, 0.95);
        assertThat(evaluation.values()).extracting(PolicyValue::estimator).containsExactly(Estimator.IPS);
        assertThat(evaluation.effectiveSampleSize()).isZero();
        assertThat(evaluation.finding().verdict()).isEqualTo(Verdict.CANNOT_TELL);
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> new LoggedChoice(1, 1.5, 0.5, 0, 0)).hasMessageContaining("probabilities, 0 to 1");
        assertThatThrownBy(() -> new LoggedChoice(1, 0.5, Double.NaN, 0, 0)).hasMessageContaining("probabilities");
        assertThatThrownBy(() -> new LoggedChoice(Double.NaN, 0.5, 0.5, 0, 0)).hasMessageContaining("finite");
        assertThatThrownBy(() -> LoggedSample.of(SIX, 0)).hasMessageContaining("largest weight is 0.0");
    }

    /** Means and coverage over 1,000 logs of 400 rows. */
    private static Means means(Bandit bandit, double propensityFactor, double modelError) {
        Random random = new Random(42);
        List<OffPolicyEvaluation> runs = Stream.generate(() -> OffPolicyEvaluation.of(
                        LoggedSample.of(bandit.log(400, propensityFactor, modelError, random), NO_CLIP), true, 0.95))
                .limit(1000)
                .collect(Collectors.toList());
        return new Means(bandit, runs);
    }

    private record Means(Bandit bandit, List<OffPolicyEvaluation> runs) {
        double of(Estimator estimator) {
            return runs.stream()
                    .mapToDouble(run -> value(run, estimator).value().value())
                    .average()
                    .orElseThrow();
        }

        double coverage(Estimator estimator) {
            return runs.stream()
                    .mapToDouble(
                            run -> value(run, estimator).value().interval(0.95).contains(bandit.truth()) ? 1 : 0)
                    .average()
                    .orElseThrow();
        }
    }

    /** Two contexts, three actions, Bernoulli rewards; the target policy likes the good actions. */
    private static final class Bandit {
        private static final double[][] REWARDS = {{0.1, 0.3, 0.6}, {0.5, 0.4, 0.2}};
        private static final double[][] LOGGING = {{0.4, 0.4, 0.2}, {0.3, 0.3, 0.4}};
        private static final double[][] TARGET = {{0.1, 0.2, 0.7}, {0.6, 0.3, 0.1}};

        double truth() {
            return 0.5 * (dot(TARGET[0], REWARDS[0]) + dot(TARGET[1], REWARDS[1]));
        }

        List<LoggedChoice> log(int rows, double propensityFactor, double modelError, Random random) {
            return random.ints(rows, 0, 2)
                    .mapToObj(context -> row(context, propensityFactor, modelError, random))
                    .toList();
        }

        private static LoggedChoice row(int context, double propensityFactor, double modelError, Random random) {
            double uniform = random.nextDouble();
            int action = 0;
            while (uniform >= LOGGING[context][action] && action < 2) {
                uniform -= LOGGING[context][action++];
            }
            return new LoggedChoice(
                    random.nextDouble() < REWARDS[context][action] ? 1 : 0,
                    LOGGING[context][action] * propensityFactor,
                    TARGET[context][action],
                    REWARDS[context][action] + modelError,
                    dot(TARGET[context], REWARDS[context]) + modelError);
        }

        private static double dot(double[] one, double[] other) {
            double[] products = new double[one.length];
            Arrays.setAll(products, i -> one[i] * other[i]);
            return Arrays.stream(products).sum();
        }
    }

    private static PolicyValue value(OffPolicyEvaluation evaluation, Estimator estimator) {
        return evaluation.values().stream()
                .filter(value -> value.estimator() == estimator)
                .findFirst()
                .orElseThrow();
    }

    private static void assertValue(OffPolicyEvaluation evaluation, Estimator estimator, double value, double error) {
        assertEstimate(value(evaluation, estimator).value(), value, error);
    }

    private static void assertEstimate(Estimate estimate, double value, double error) {
        assertThat(estimate.value()).isCloseTo(value, EXACT);
        assertThat(estimate.standardError()).isCloseTo(error, EXACT);
    }
}
