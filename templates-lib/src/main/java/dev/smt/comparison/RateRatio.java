package dev.smt.comparison;

import dev.smt.experiment.Interval;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * How many times as much one way achieves per unit of its cost as another, on the same models: (a / cost a) / (b / cost b),
 * with an interval from drawing the models anew (Efron and Tibshirani 1993, "An Introduction to the Bootstrap").
 *
 * @param rateA achieved per unit of cost
 * @param rateB the same of the other way
 * @param ratio empty where the other way achieved nothing
 * @param interval central 95 percent; its upper end is infinite where draws have nothing to compare with; empty where
 *     neither way achieved anything
 */
public record RateRatio(double rateA, double rateB, Optional<Double> ratio, Optional<Interval> interval) {
    private static final int DRAWS = 10_000;
    private static final double TAIL = 0.025;

    /**
     * A ratio.
     *
     * @param a achieved by model, 0 or more
     * @param b the same of the other way, the models in the same order
     * @param costA of all models together, above 0
     * @param costB the same of the other way
     */
    public static RateRatio of(double[] a, double[] b, double costA, double costB, int seed) {
        if (a.length != b.length || a.length == 0 || !(costA > 0) || !(costB > 0)) {
            throw new IllegalArgumentException(a.length + " and " + b.length + " models, costs " + costA + " and "
                    + costB + "; allowed: as many of both, at least one, and costs above 0");
        }
        double sumA = Arrays.stream(a).sum();
        double sumB = Arrays.stream(b).sum();
        double rateA = sumA / costA;
        double rateB = sumB / costB;
        Optional<Double> ratio = sumB > 0 ? Optional.of(rateA / rateB) : Optional.empty();
        return new RateRatio(rateA, rateB, ratio, interval(a, b, costA, costB, new Well19937c(seed)));
    }

    private static Optional<Interval> interval(
            double[] a, double[] b, double costA, double costB, RandomGenerator random) {
        if (Arrays.stream(a).sum() == 0 && Arrays.stream(b).sum() == 0) {
            return Optional.empty();
        }
        double[] ratios = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sumA = 0;
            double sumB = 0;
            for (int i = 0; i < a.length; i++) {
                int model = random.nextInt(a.length);
                sumA += a[model];
                sumB += b[model];
            }
            ratios[draw] = sumB > 0 ? sumA / costA / (sumB / costB) : sumA > 0 ? Double.POSITIVE_INFINITY : 1;
        }
        Arrays.sort(ratios);
        int tail = (int) Math.round(TAIL * (DRAWS - 1));
        return Optional.of(new Interval(ratios[tail], ratios[DRAWS - 1 - tail]));
    }
}
