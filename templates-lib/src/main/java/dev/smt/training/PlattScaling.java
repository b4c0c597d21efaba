package dev.smt.training;

/**
 * Platt scaling (Platt 1999): a logit z becomes slope * z + intercept.
 *
 * @param slope 1: as it is
 * @param intercept 0: as it is
 */
record PlattScaling(double slope, double intercept) {
    /** Leaves logits as they are. */
    static final PlattScaling IDENTITY = new PlattScaling(1, 0);

    private static final int MAX_ITERATIONS = 100;
    private static final double RIDGE = 1e-12;
    private static final double MIN_STEP = 1e-10;

    double apply(double logit) {
        return slope * logit + intercept;
    }

    /**
     * The slope and intercept with the smallest log loss, by Newton's method with backtracking (Lin, Lin, Weng 2007). The
     * targets are Platt's, (n + 1) / (n + 2) for the n positives and 1 / (m + 2) for the m negatives, so that there is a
     * minimum also where all labels are the same or the logits separate them.
     */
    static PlattScaling fit(float[] logits, float[] labels) {
        double positives = 0;
        for (float label : labels) {
            positives += label;
        }
        Fit fit = new Fit(logits, labels, (positives + 1) / (positives + 2), 1 / (labels.length - positives + 2));
        PlattScaling scaling = IDENTITY;
        double loss = fit.loss(scaling);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            PlattScaling direction = fit.newtonStep(scaling);
            double step = 1;
            PlattScaling moved = scaling.plus(direction, step);
            double movedLoss = fit.loss(moved);
            while (!(movedLoss < loss) && step > MIN_STEP) {
                step /= 2;
                moved = scaling.plus(direction, step);
                movedLoss = fit.loss(moved);
            }
            if (!(movedLoss < loss)) {
                return scaling;
            }
            scaling = moved;
            loss = movedLoss;
        }
        return scaling;
    }

    private PlattScaling plus(PlattScaling direction, double step) {
        return new PlattScaling(slope + step * direction.slope, intercept + step * direction.intercept);
    }

    private record Fit(float[] logits, float[] labels, double positiveTarget, double negativeTarget) {

        private double target(int row) {
            return labels[row] == 1 ? positiveTarget : negativeTarget;
        }

        double loss(PlattScaling scaling) {
            double sum = 0;
            for (int row = 0; row < logits.length; row++) {
                sum += LogisticLoss.of(scaling.apply(logits[row]), target(row));
            }
            return sum;
        }

        /** Minus the inverse of the second derivatives' matrix, times the first derivatives. */
        PlattScaling newtonStep(PlattScaling scaling) {
            double slopeGradient = 0;
            double interceptGradient = 0;
            double slopeSlope = RIDGE;
            double slopeIntercept = 0;
            double interceptIntercept = RIDGE;
            for (int row = 0; row < logits.length; row++) {
                double z = logits[row];
                double p = LogisticLoss.sigmoid(scaling.apply(z));
                double gradient = p - target(row);
                double curvature = p * (1 - p);
                slopeGradient += z * gradient;
                interceptGradient += gradient;
                slopeSlope += z * z * curvature;
                slopeIntercept += z * curvature;
                interceptIntercept += curvature;
            }
            double determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
            if (!(determinant > 0)) {
                return new PlattScaling(0, -interceptGradient / interceptIntercept);
            }
            return new PlattScaling(
                    (slopeIntercept * interceptGradient - interceptIntercept * slopeGradient) / determinant,
                    (slopeIntercept * slopeGradient - slopeSlope * interceptGradient) / determinant);
        }
    }
}
