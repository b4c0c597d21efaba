package dev.smt.training;

/** Mean and variance, in one pass (Welford 1962). */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of the population; 0 without values. */
    double variance() {
        return count == 0 ? 0 : squares / count;
    }
}
