package dev.smt.training;

/** The log loss of Platt's targets as a function of slope and intercept, and its Newton steps. */
final class PlattFit {
    /** Keeps the second derivatives' matrix invertible. */
    private static final double RIDGE = 1e-12;

    private final float[] logits;
    private final double[] targets;

    PlattFit(float[] logits, float[] labels) {
        this.logits = logits;
        this.targets = new double[labels.length];
        double positives = 0;
        for (float label : labels) {
            positives += label;
        }
        for (int row = 0; row < targets.length; row++) {
            targets[row] = labels[row] == 1 ? (positives + 1) / (positives + 2) : 1 / (labels.length - positives + 2);
        }
    }

    double loss(PlattScaling scaling) {
        double sum = 0;
        for (int row = 0; row < logits.length; row++) {
            sum += LogisticLoss.of(scaling.apply(logits[row]), targets[row]);
        }
        return sum;
    }

    /**
     * Minus the inverse of the second derivatives' matrix, times the first derivatives.
     *
     * @param withSlope where not, the slope stays
     */
    PlattScaling newtonStep(PlattScaling scaling, boolean withSlope) {
        double slopeGradient = 0;
        double interceptGradient = 0;
        double slopeSlope = RIDGE;
        double slopeIntercept = 0;
        double interceptIntercept = RIDGE;
        for (int row = 0; row < logits.length; row++) {
            double z = logits[row];
            double p = LogisticLoss.sigmoid(scaling.apply(z));
            double gradient = p - targets[row];
            double curvature = p * (1 - p);
            slopeGradient += z * gradient;
            interceptGradient += gradient;
            slopeSlope += z * z * curvature;
            slopeIntercept += z * curvature;
            interceptIntercept += curvature;
        }
        double determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
        if (!withSlope || !(determinant > 0)) {
            return new PlattScaling(0, -interceptGradient / interceptIntercept);
        }
        return new PlattScaling(
                (slopeIntercept * interceptGradient - interceptIntercept * slopeGradient) / determinant,
                (slopeIntercept * slopeGradient - slopeSlope * interceptGradient) / determinant);
    }
}
