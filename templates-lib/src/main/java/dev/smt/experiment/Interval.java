package dev.smt.experiment;

/**
 * An interval, both ends inside.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval from " + low + " to " + high + "; allowed: low <= high");
        }
    }

    /** Whether the value is inside. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
