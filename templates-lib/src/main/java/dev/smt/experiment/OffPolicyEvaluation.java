package dev.smt.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a target policy would have earned, from the log of another policy.
 *
 * @param sample the log
 * @param logged the logging policy's own value, the mean reward
 * @param values of the target policy, by estimator; SNIPS is not there when all weights are 0, DM and DR not without
 *     predictions
 * @param meanWeight 1 where the logging policy can take all that the target policy takes, and propensities are right
 * @param finding by DR where there are predictions, else by SNIPS
 */
public record OffPolicyEvaluation(
        LoggedSample sample, Estimate logged, List<PolicyValue> values, Estimate meanWeight, Finding finding) {
    /** Below this effective sample size the data can't tell. */
    public static final double LEAST_EFFECTIVE_ROWS = 100;
    /** Below this number of effective rewards the data can't tell. */
    public static final double LEAST_EFFECTIVE_REWARDS = 10;
    /** A mean weight this many standard errors from 1 is not chance: 1 in 1,000. */
    public static final double SUPPORT_DEVIATIONS = 3.29;

    public OffPolicyEvaluation {
        Objects.requireNonNull(finding, "finding");
        values = List.copyOf(values);
    }

    /**
     * Evaluates a log.
     *
     * @param predictions whether the log's predictions mean something
     * @param level of the intervals, above 0, below 1
     */
    public static OffPolicyEvaluation of(LoggedSample sample, boolean predictions, double level) {
        SampleMoments units = sample.units();
        double[] rows = unit(LoggedSample.ROWS);
        RatioOfMeans logged = RatioOfMeans.of(units, unit(LoggedSample.REWARD), rows);
        boolean relative = !logged.estimate().interval(level).contains(0);
        List<PolicyValue> values = new ArrayList<>();
        for (Estimator estimator : Estimator.values()) {
            ratio(estimator, units, predictions)
                    .map(ratio -> new PolicyValue(
                            estimator,
                            ratio.estimate(),
                            ratio.minus(logged),
                            relative ? Optional.of(ratio.liftOver(logged)) : Optional.empty(),
                            clippingBias(estimator, sample.sums())))
                    .ifPresent(values::add);
        }
        Estimate meanWeight =
                RatioOfMeans.of(units, unit(LoggedSample.WEIGHT), rows).estimate();
        PolicyValue decisive = decisive(values);
        Finding finding = Finding.of(decisive.difference(), level, doubts(sample.sums(), decisive, units, meanWeight));
        return new OffPolicyEvaluation(sample, logged.estimate(), values, meanWeight, finding);
    }

    /** The value that decides: the last, DR with predictions, else SNIPS. */
    public PolicyValue decisive() {
        return decisive(values);
    }

    /** (Sum of w)^2 / sum of w^2 (Kish 1965, Survey Sampling, section 11.7). */
    public double effectiveSampleSize() {
        return effectiveRows(sample.sums(), sample.units());
    }

    /** (Sum of |w r|)^2 / sum of (w r)^2 (Owen 2013, Monte Carlo theory, methods and examples, section 9.3). */
    public double effectiveRewards() {
        return effectiveRewards(sample.sums());
    }

    private static PolicyValue decisive(List<PolicyValue> values) {
        return values.get(values.size() - 1);
    }

    private static Optional<RatioOfMeans> ratio(Estimator estimator, SampleMoments units, boolean predictions) {
        double[] rows = unit(LoggedSample.ROWS);
        return switch (estimator) {
            case IPS -> Optional.of(RatioOfMeans.of(units, unit(LoggedSample.WEIGHTED_REWARD), rows));
            case SNIPS -> units.mean(LoggedSample.WEIGHT) > 0
                    ? Optional.of(RatioOfMeans.of(units, unit(LoggedSample.WEIGHTED_REWARD), unit(LoggedSample.WEIGHT)))
                    : Optional.empty();
            case DM -> predictions
                    ? Optional.of(RatioOfMeans.of(units, unit(LoggedSample.TARGET_PREDICTION), rows))
                    : Optional.empty();
            case DR -> predictions
                    ? Optional.of(
                            RatioOfMeans.of(units, unit(LoggedSample.TARGET_PREDICTION, LoggedSample.CORRECTION), rows))
                    : Optional.empty();
        };
    }

    private static double clippingBias(Estimator estimator, LoggedSums sums) {
        return switch (estimator) {
            case IPS, SNIPS -> -sums.clippedReward() / sums.rows();
            case DM -> 0;
            case DR -> -sums.clippedCorrection() / sums.rows();
        };
    }

    private static List<String> doubts(
            LoggedSums sums, PolicyValue decisive, SampleMoments units, Estimate meanWeight) {
        List<String> doubts = new ArrayList<>();
        if (sums.unsupported() > 0) {
            doubts.add("propensities are missing or 0 in " + sums.unsupported() + " of " + sums.rows()
                    + " rows whose action the target policy takes");
        }
        double rows = effectiveRows(sums, units);
        if (rows < LEAST_EFFECTIVE_ROWS) {
            doubts.add(text("the effective sample size is %.3g, below %.0f", rows, LEAST_EFFECTIVE_ROWS));
        }
        double rewards = effectiveRewards(sums);
        if (rewards < LEAST_EFFECTIVE_REWARDS) {
            doubts.add(text("the effective number of rewards is %.3g, below %.0f", rewards, LEAST_EFFECTIVE_REWARDS));
        }
        supportDoubt(sums, meanWeight).ifPresent(doubts::add);
        if (Math.abs(decisive.clippingBias()) > decisive.value().standardError()) {
            doubts.add(text("the clipping bias, %.3g, is larger than the standard error", decisive.clippingBias()));
        }
        return doubts;
    }

    /** Clipping alone makes the mean weight smaller. */
    private static Optional<String> supportDoubt(LoggedSums sums, Estimate meanWeight) {
        double off = meanWeight.value() - 1;
        double distance = sums.clipped() > 0 ? off : Math.abs(off);
        // Weights that are all 1 have no standard error, and sums that are 1 but for rounding.
        return distance > SUPPORT_DEVIATIONS * meanWeight.standardError() + 1e-9
                ? Optional.of(text(
                        "the mean weight is %.3g, not 1: actions without support, or wrong propensities",
                        meanWeight.value()))
                : Optional.empty();
    }

    private static double effectiveRows(LoggedSums sums, SampleMoments units) {
        double all = units.mean(LoggedSample.WEIGHT) * units.count();
        return sums.squaredWeights() == 0 ? 0 : all * all / sums.squaredWeights();
    }

    private static double effectiveRewards(LoggedSums sums) {
        return sums.squaredRewards() == 0 ? 0 : sums.absoluteRewards() * sums.absoluteRewards() / sums.squaredRewards();
    }

    private static String text(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }

    /** Coefficients of 1 for these numbers of a unit. */
    private static double[] unit(int... numbers) {
        double[] coefficients = new double[LoggedSample.NUMBERS];
        for (int number : numbers) {
            coefficients[number] = 1;
        }
        return coefficients;
    }
}
