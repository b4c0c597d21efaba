package dev.smt.bayes;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;

/** A fleet of which a few models fail beyond a plane that cuts off about an eighth of the unit cube. */
final class FailingRegion implements DeltaFunctions {
    private static final double KEPT_SHARE = 0.88;
    private static final int DRAWS = 2000;

    private final DeltaFunctions functions;
    private final int failingModels;
    private final double[] normal;
    private final double threshold;

    FailingRegion(DeltaFunctions functions, int failingModels, int dimension, RandomGenerator random) {
        this.functions = functions;
        this.failingModels = failingModels;
        this.normal = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            normal[j] = random.nextGaussian();
        }
        double[] along = new double[DRAWS];
        double[] point = new double[dimension];
        for (int draw = 0; draw < DRAWS; draw++) {
            Arrays.setAll(point, j -> random.nextDouble());
            along[draw] = along(point);
        }
        Arrays.sort(along);
        this.threshold = along[(int) (KEPT_SHARE * DRAWS)];
    }

    private double along(double[] point) {
        double sum = 0;
        for (int j = 0; j < normal.length; j++) {
            sum += normal[j] * point[j];
        }
        return sum;
    }

    @Override
    public void at(double[] point, double[] deltas) {
        functions.at(point, deltas);
        if (along(point) > threshold) {
            Arrays.fill(deltas, 0, failingModels, Double.NaN);
        }
    }
}
