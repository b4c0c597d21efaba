package dev.smt.data;

import java.util.Arrays;

/** Bins between the quantiles of a column. */
public final class Quantiles {
    /** Of more rows, as many evenly spaced ones are used: their quantiles are as good. */
    private static final int MOST_ROWS = 100_000;

    private Quantiles() {}

    /**
     * The edges of at most so many bins with about as many values each: ascending, all different, the least and the
     * greatest value first and last. A column of one value has one edge, an empty column the edge 0.
     */
    public static double[] edges(float[] column, int bins) {
        int used = Math.min(column.length, MOST_ROWS);
        if (used == 0) {
            return new double[] {0};
        }
        float[] sorted = new float[used];
        for (int i = 0; i < used; i++) {
            sorted[i] = column[(int) ((long) i * column.length / used)];
        }
        Arrays.sort(sorted);
        double[] edges = new double[bins + 1];
        for (int bin = 0; bin <= bins; bin++) {
            edges[bin] = sorted[(int) ((long) bin * (used - 1) / bins)];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    /** The bin of a value, from 0: the number of inner edges that are at most the value. */
    public static int bin(double[] edges, float value) {
        int bin = 0;
        int above = Math.max(0, edges.length - 2);
        while (bin < above) {
            int middle = (bin + above) >>> 1;
            if (edges[middle + 1] <= value) {
                bin = middle + 1;
            } else {
                above = middle;
            }
        }
        return bin;
    }
}
