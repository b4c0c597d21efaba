package dev.smt.jobs.representative;

import dev.smt.jobs.representative.RepresentativesResult.Coverage;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** How near every model is to a representative, against random draws of as many models. */
final class CoverageOfFleet {
    private static final int DRAWS = 1000;

    private CoverageOfFleet() {}

    static Coverage of(double[][] points, int[] representatives, long seed) {
        double[] distances = distances(points, representatives);
        double mean = mean(distances);
        SplittableRandom random = new SplittableRandom(seed);
        int better = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            better += mean < mean(distances(points, drawn(points.length, representatives.length, random))) ? 1 : 0;
        }
        return new Coverage(mean, Arrays.stream(distances).max().orElse(0), (double) better / DRAWS);
    }

    /** Mean distance to the nearest of some points; infinite where there are none. */
    static double mean(double[][] points, int[] chosen) {
        return chosen.length == 0 ? Double.POSITIVE_INFINITY : mean(distances(points, chosen));
    }

    private static double[] distances(double[][] points, int[] chosen) {
        double[][] centres = Arrays.stream(chosen).mapToObj(i -> points[i]).toArray(double[][]::new);
        return Arrays.stream(points)
                .mapToDouble(point -> Math.sqrt(Distances.squared(point, centres[Distances.nearest(point, centres)])))
                .toArray();
    }

    private static int[] drawn(int models, int count, SplittableRandom random) {
        int[] all = IntStream.range(0, models).toArray();
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(models - i);
            int swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        return Arrays.copyOf(all, count);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
