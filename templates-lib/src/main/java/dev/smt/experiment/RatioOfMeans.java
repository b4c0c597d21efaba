package dev.smt.experiment;

/**
 * A ratio of two linear combinations of a sample's means, linearized (the delta method).
 *
 * @param sample the units
 * @param value the ratio
 * @param influence coefficients c so that c . (a unit's numbers) is the unit's influence on the ratio; its mean is 0
 */
record RatioOfMeans(SampleMoments sample, double value, double[] influence) {

    /** The ratio of two linear combinations; the mean of the denominator is not 0. */
    static RatioOfMeans of(SampleMoments sample, double[] numerator, double[] denominator) {
        double scale = sample.combinedMean(denominator);
        double value = sample.combinedMean(numerator) / scale;
        double[] influence = new double[numerator.length];
        for (int i = 0; i < influence.length; i++) {
            influence[i] = (numerator[i] - value * denominator[i]) / scale;
        }
        return new RatioOfMeans(sample, value, influence);
    }

    Estimate estimate() {
        return estimate(value, influence);
    }

    /** This ratio minus another of the same sample. */
    Estimate minus(RatioOfMeans other) {
        return estimate(value - other.value, sum(1, -1, other));
    }

    /** (This ratio - another of the same sample) / |the other|. */
    Estimate liftOver(RatioOfMeans other) {
        double scale = Math.abs(other.value);
        return estimate((value - other.value) / scale, sum(1 / scale, -value / (other.value * scale), other));
    }

    private double[] sum(double factor, double otherFactor, RatioOfMeans other) {
        double[] sum = new double[influence.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = factor * influence[i] + otherFactor * other.influence[i];
        }
        return sum;
    }

    private Estimate estimate(double estimated, double[] coefficients) {
        double variance = sample.combinedVariance(coefficients);
        return new Estimate(estimated, Math.sqrt(variance / sample.count()), sample.count() - 1.0);
    }
}
