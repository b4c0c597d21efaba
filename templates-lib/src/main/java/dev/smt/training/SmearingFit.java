package dev.smt.training;

/**
 * By what factor predictions of an amount whose logarithm is learned are too low. Duan's smearing estimate (Duan 1983) is
 * the mean of e to the residuals. Here rows are weighed by their predictions, which makes it the sum of 1 + y over that of 1
 * + the predictions: the sum of the predictions then is that of the labels, also where the noise differs from row to row.
 */
final class SmearingFit {
    private double labels;
    private double predictions;

    /**
     * Adds a row.
     *
     * @param label 0 or more
     * @param prediction of a loss whose factor is 1
     */
    void add(double label, double prediction) {
        labels += 1 + label;
        predictions += 1 + prediction;
    }

    /** The factor; 1 where there was no row, or the predictions are not finite: evaluation says so then. */
    double factor() {
        double factor = labels / predictions;
        return factor > 0 && Double.isFinite(factor) ? factor : 1;
    }
}
