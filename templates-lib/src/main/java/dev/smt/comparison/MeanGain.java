package dev.smt.comparison;

import dev.smt.experiment.Estimate;
import dev.smt.experiment.Interval;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/**
 * The mean of what models gained, as of a sample of models like them.
 *
 * @param models how many
 * @param mean over the models, each counting once
 * @param interval central 95 percent, by Student's t; empty for one model
 * @param pValue of a mean this far from 0 where the truth is 0, by Student's t, both sides; empty for one model
 * @param rankPValue the same of the median, by Wilcoxon's signed ranks, which one large gain does not sway; empty where
 *     nothing differs from 0
 */
public record MeanGain(
        int models, double mean, Optional<Interval> interval, Optional<Double> pValue, Optional<Double> rankPValue) {
    private static final double LEVEL = 0.95;

    /** Wilcoxon's exact distribution takes long beyond this. */
    private static final int MOST_EXACT = 20;

    /**
     * Of gains, or of differences of two gains of the same model.
     *
     * @param gains by model, finite; one or more
     */
    public static MeanGain of(double[] gains) {
        if (gains.length == 0 || Arrays.stream(gains).anyMatch(gain -> !Double.isFinite(gain))) {
            throw new IllegalArgumentException(
                    "gains " + Arrays.toString(gains) + "; allowed: finite numbers, at least one");
        }
        double mean = Arrays.stream(gains).average().orElseThrow();
        if (gains.length == 1) {
            return new MeanGain(1, mean, Optional.empty(), Optional.empty(), Optional.empty());
        }
        double error = Math.sqrt(new Variance().evaluate(gains) / gains.length);
        Estimate estimate = new Estimate(mean, error, gains.length - 1.0);
        return new MeanGain(
                gains.length,
                mean,
                Optional.of(estimate.interval(LEVEL)),
                Optional.of(estimate.pValue()),
                rankPValue(gains));
    }

    private static Optional<Double> rankPValue(double[] gains) {
        double[] moved = Arrays.stream(gains).filter(gain -> gain != 0).toArray();
        if (moved.length == 0) {
            return Optional.empty();
        }
        // Equal ranks are not in the exact distribution.
        boolean ties = Arrays.stream(moved).map(Math::abs).distinct().count() < moved.length;
        boolean exact = moved.length <= MOST_EXACT && !ties;
        return Optional.of(new WilcoxonSignedRankTest().wilcoxonSignedRankTest(moved, new double[moved.length], exact));
    }
}
