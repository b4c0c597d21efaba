package dev.smt.bayes;

import java.util.List;

/**
 * A box around the best trial in which a space of many parameters is searched (TuRBO; Eriksson et al. 2019, section 2):
 * it doubles after {@value #SUCCESSES} successes in a row, halves after as many failures as the space has coordinates,
 * and begins anew when it is very small. What it is follows from the told results alone.
 */
final class TrustRegion {
    private static final int SUCCESSES = 3;
    private static final double FIRST_LENGTH = 0.8;
    private static final double LARGEST_LENGTH = 1.6;
    private static final double SMALLEST_LENGTH = 1.0 / 128;

    private final int patience;
    private double length = FIRST_LENGTH;
    private int successes;
    private int failures;

    private TrustRegion(int dimension) {
        this.patience = Math.max(4, dimension);
    }

    /**
     * The length of the box's sides, from what each trial was worth.
     *
     * @param dimension D of the encoding
     * @param initial trials before the surrogate took over
     */
    static double length(int dimension, int initial, List<Result> told) {
        TrustRegion region = new TrustRegion(dimension);
        double best = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < told.size(); t++) {
            double worth = told.get(t).worth();
            if (t >= initial) {
                region.learn(worth > best);
            }
            best = Math.max(best, worth);
        }
        return region.length;
    }

    private void learn(boolean success) {
        successes = success ? successes + 1 : 0;
        failures = success ? 0 : failures + 1;
        if (successes == SUCCESSES) {
            length = Math.min(LARGEST_LENGTH, 2 * length);
            successes = 0;
        }
        if (failures == patience) {
            length /= 2;
            failures = 0;
        }
        if (length < SMALLEST_LENGTH) {
            length = FIRST_LENGTH;
        }
    }
}
