package dev.smt.data;

/**
 * The mixing function of SplitMix64 (Steele, Lea, Flood 2014): pseudo-random numbers that depend on their index only, so
 * that neither the order of use nor the number of threads matters.
 */
public final class Mixing {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Mixing() {}

    /** A bijection of 64 bits without visible structure. */
    public static long mix(long value) {
        long z = value + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A seed for one of several independent uses of a seed. */
    public static long seed(long seed, String use) {
        long state = mix(seed);
        for (int i = 0; i < use.length(); i++) {
            state = mix(state ^ use.charAt(i));
        }
        return state;
    }

    /** The n-th number, uniform in [0, 1), of the sequence that a state begins. */
    public static double unit(long state, long n) {
        return (mix(state + n * GOLDEN_GAMMA) >>> 11) * 0x1p-53;
    }
}
