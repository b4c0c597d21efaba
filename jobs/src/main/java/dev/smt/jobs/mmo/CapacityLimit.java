package dev.smt.jobs.mmo;

/**
 * How much more FLOPs than their baselines the models may have with a technique.
 *
 * @param tolerance a share of the baselines' FLOPs; infinite where serving cost is not limited
 */
public record CapacityLimit(double tolerance) {
    /** Serving cost does not count. */
    public static final CapacityLimit NONE = new CapacityLimit(Double.POSITIVE_INFINITY);

    /** A ratio is a mean over models: rounding alone must not make a technique too expensive. */
    private static final double ROUNDING = 1e-12;

    /** @throws IllegalArgumentException where the tolerance is below 0 */
    public CapacityLimit {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("the tolerance is " + tolerance + "; allowed: 0 or more");
        }
    }

    /** Whether it allows whatever a technique costs. */
    boolean isNone() {
        return equals(NONE);
    }

    /**
     * Whether it allows a technique.
     *
     * @param flopsRatio inference FLOPs with it / the baselines'
     */
    public boolean allows(double flopsRatio) {
        return flopsRatio <= (1 + tolerance) * (1 + ROUNDING);
    }
}
