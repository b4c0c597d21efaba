package dev.smt.jobs.representative;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Greedy k-means++ (Arthur and Vassilvitskii 2007, section 3 and its closing remark): the first centre is a random
 * point; each further one is the best of a few points that are drawn with a probability in proportion to their squared
 * distance to the centres so far.
 */
final class KMeansSeeding {
    private final double[][] points;
    private final SplittableRandom random;
    /** Per point the squared distance to the nearest centre so far. */
    private double[] distances;

    private KMeansSeeding(double[][] points, long seed) {
        this.points = points;
        this.random = new SplittableRandom(seed);
        this.distances = new double[points.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
    }

    /** Distinct points to start from. */
    record Seeds(double[][] centres, double wssse) {}

    /**
     * The best of several seedings.
     *
     * @param k number of centres, at most the number of distinct points
     */
    static Seeds best(double[][] points, int k, int seedings, long seed) {
        Seeds best = new KMeansSeeding(points, seed).draw(k);
        for (int i = 1; i < seedings; i++) {
            Seeds other = new KMeansSeeding(points, seed + i).draw(k);
            best = other.wssse() < best.wssse() ? other : best;
        }
        return best;
    }

    private Seeds draw(int k) {
        double[][] centres = new double[k][];
        int candidates = 2 + (int) Math.log(k);
        for (int centre = 0; centre < k; centre++) {
            int chosen = centre == 0 ? random.nextInt(points.length) : bestOf(candidates);
            centres[centre] = points[chosen];
            distances = distancesWith(chosen);
        }
        return new Seeds(centres, sum(distances));
    }

    private int bestOf(int candidates) {
        int best = drawn();
        for (int i = 1; i < candidates; i++) {
            int other = drawn();
            best = sum(distancesWith(other)) < sum(distancesWith(best)) ? other : best;
        }
        return best;
    }

    private int drawn() {
        double left = random.nextDouble() * sum(distances);
        int last = 0;
        for (int i = 0; i < points.length; i++) {
            if (distances[i] > 0) {
                last = i;
                left -= distances[i];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    private double[] distancesWith(int centre) {
        double[] nearer = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            nearer[i] = Math.min(distances[i], Distances.squared(points[i], points[centre]));
        }
        return nearer;
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
