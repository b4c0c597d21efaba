package dev.smt.training;

import java.util.Arrays;

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
    private static final double MIN_STEP = 1e-10;

    double apply(double logit) {
        return slope * logit + intercept;
    }

    /**
     * The slope and intercept with the smallest log loss, by Newton's method with backtracking (Lin, Lin, Weng 2007). The
     * targets are Platt's, (n + 1) / (n + 2) for the n positives and 1 / (m + 2) for the m negatives, so that there is a
     * minimum also where all labels are the same or the logits separate them. Where the best slope isn't positive, it would
     * turn the ranking around: then it stays 1, and the intercept alone is fitted.
     *
     * @param labels 0 or 1
     * @param count of the arrays' values that are read
     */
    static PlattScaling fit(float[] logits, float[] labels, int count) {
        PlattFit fit = new PlattFit(Arrays.copyOf(logits, count), Arrays.copyOf(labels, count));
        PlattScaling both = minimum(fit, true);
        return both.slope > 0 ? both : minimum(fit, false);
    }

    private static PlattScaling minimum(PlattFit fit, boolean withSlope) {
        PlattScaling scaling = IDENTITY;
        double loss = fit.loss(scaling);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            PlattScaling direction = fit.newtonStep(scaling, withSlope);
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
}
