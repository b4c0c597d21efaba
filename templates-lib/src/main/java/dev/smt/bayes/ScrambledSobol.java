package dev.smt.bayes;

import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.apache.commons.math3.random.Well19937c;

/** The Sobol sequence in [0, 1)^P with a random digital shift, which keeps its evenness; a function of seed and index. */
final class ScrambledSobol {
    private static final int BITS = 52;
    private static final double UNIT = 1L << BITS;

    private final SobolSequenceGenerator sequence;
    private final long[] shifts;

    ScrambledSobol(int dimension, int[] seed) {
        this.sequence = new SobolSequenceGenerator(dimension);
        this.shifts = new long[dimension];
        Well19937c random = new Well19937c(seed);
        for (int i = 0; i < dimension; i++) {
            shifts[i] = random.nextLong() >>> (Long.SIZE - BITS);
        }
    }

    /** The point with this index, from 0. */
    double[] point(int index) {
        double[] point = sequence.skipTo(index);
        for (int i = 0; i < point.length; i++) {
            point[i] = ((long) (point[i] * UNIT) ^ shifts[i]) / UNIT;
        }
        return point;
    }
}
