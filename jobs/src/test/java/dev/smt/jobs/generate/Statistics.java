package dev.smt.jobs.generate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Plain statistics for the tests of planted effects. */
final class Statistics {
    private Statistics() {}

    /** Share of positives per cell; cells are rows and positives. */
    static double[] rates(double[][] cells) {
        return IntStream.range(0, cells[0].length)
                .mapToDouble(i -> cells[1][i] / Math.max(1, cells[0][i]))
                .toArray();
    }

    /** Chi-square of the cells against their common rate. */
    static double chiSquare(double[][] cells) {
        double rate = Arrays.stream(cells[1]).sum() / Arrays.stream(cells[0]).sum();
        return IntStream.range(0, cells[0].length)
                .mapToDouble(i -> {
                    double difference = cells[1][i] - cells[0][i] * rate;
                    return difference * difference / (cells[0][i] * rate * (1 - rate));
                })
                .sum();
    }

    static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
