package dev.smt.jobs.generate;

import java.io.Serializable;

/**
 * A counter-based stream of random numbers: entry n is a hash of (stream, n), so that any entry can be computed alone,
 * in any order, on any machine. The hash is the finalizer of SplitMix64 (Steele, Lea, Flood 2014), whose sequence this is:
 * entry n is what the generator seeded with the stream's key gives as its n-th number.
 *
 * @param key start of the stream
 */
record RandomStream(long key) implements Serializable {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    /** The stream of a name and an index within a seed: adding a stream changes no other. */
    static RandomStream of(long seed, String name, int index) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return new RandomStream(mix(mix(seed ^ mix(hash)) + mix(index)));
    }

    /** 64 random bits. */
    long bits(long counter) {
        return mix(key + GOLDEN_GAMMA * (counter + 1));
    }

    /** Uniform in [0, 1). */
    double uniform(long counter) {
        return (bits(counter) >>> 11) * UNIT;
    }

    /** Uniform in [0, bound). */
    int below(long counter, int bound) {
        return (int) ((bits(counter) >>> 33) * (long) bound >>> 31);
    }

    /**
     * Mean 0, variance 1, bell-shaped within [-3.47, 3.47]: the sum of four 16-bit uniforms. No logarithm or root, so
     * that it costs one hash and has the same bits everywhere.
     */
    double normal(long counter) {
        long bits = bits(counter);
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return ((sum + 2) * 0x1.0p-16 - 2) * 1.7320508075688772;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
