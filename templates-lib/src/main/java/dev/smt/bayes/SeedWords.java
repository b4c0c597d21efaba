package dev.smt.bayes;

import java.util.SplittableRandom;

/**
 * Seeds for generators that take words: numbers that differ little give words that have nothing in common. A generator of
 * the WELL family begins alike where its seed words are nearly alike.
 */
final class SeedWords {
    private static final int WORDS = 32;

    private SeedWords() {}

    /** The words of a seed and of what it is for. */
    static int[] of(long seed, int... parts) {
        long state = new SplittableRandom(seed).nextLong();
        for (int part : parts) {
            state = new SplittableRandom(state ^ part).nextLong();
        }
        return new SplittableRandom(state).ints(WORDS).toArray();
    }
}
