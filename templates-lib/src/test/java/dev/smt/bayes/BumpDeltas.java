package dev.smt.bayes;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * Delta_i(x) = peak_i - sum over j of c_ij (x_j - o_ij)^2, the optima o_i scattered around three cluster centres; one
 * model in four also falls steeply beyond a plane.
 */
final class BumpDeltas implements DeltaFunctions {
    private static final double[] CLUSTER_SHARES = {0.6, 0.85, 1};
    private static final double SCATTER = 0.07;
    /** How much faster the smallest cluster's models lose. */
    private static final double MINORITY_CURVATURE = 1.5;

    private static final double STEEP_EVERY = 4;

    private final double[] peaks;
    private final double[][] optima;
    private final double[][] curvatures;
    /** Slope beyond the plane, 0 for most models. */
    private final double[] slopes;

    private final double[][] normals;
    private final double[] thresholds;

    BumpDeltas(int dimension, int models, RandomGenerator random) {
        this.peaks = new double[models];
        this.optima = new double[models][dimension];
        this.curvatures = new double[models][dimension];
        this.slopes = new double[models];
        this.normals = new double[models][dimension];
        this.thresholds = new double[models];
        double[][] centres = new double[CLUSTER_SHARES.length][dimension];
        double[] common = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            common[j] = 0.5 / Math.sqrt(dimension) * Math.exp(0.5 * random.nextGaussian());
            for (double[] centre : centres) {
                centre[j] = 0.15 + 0.7 * random.nextDouble();
            }
        }
        for (int i = 0; i < models; i++) {
            drawModel(i, models, centres, common, random);
        }
    }

    private void drawModel(int i, int models, double[][] centres, double[] common, RandomGenerator random) {
        int cluster = 0;
        while ((i + 0.5) / models > CLUSTER_SHARES[cluster]) {
            cluster++;
        }
        boolean minority = cluster == CLUSTER_SHARES.length - 1;
        peaks[i] = (minority ? 0.2 : 0.3) + 0.07 * random.nextGaussian();
        slopes[i] = i % STEEP_EVERY == 1 ? 0.5 + 1 * random.nextDouble() : 0;
        double atOptimum = 0;
        for (int j = 0; j < common.length; j++) {
            optima[i][j] = clip(centres[cluster][j] + SCATTER * random.nextGaussian());
            curvatures[i][j] = (minority ? MINORITY_CURVATURE : 1) * common[j] * Math.exp(0.25 * random.nextGaussian());
            normals[i][j] = random.nextGaussian() / Math.sqrt(common.length);
            atOptimum += normals[i][j] * centres[0][j];
        }
        thresholds[i] = atOptimum + 0.05 + 0.1 * random.nextGaussian();
    }

    @Override
    public void at(double[] point, double[] deltas) {
        for (int i = 0; i < peaks.length; i++) {
            double loss = 0;
            double along = -thresholds[i];
            for (int j = 0; j < point.length; j++) {
                double step = point[j] - optima[i][j];
                loss += curvatures[i][j] * step * step;
                along += normals[i][j] * point[j];
            }
            deltas[i] = peaks[i] - loss - slopes[i] * Math.max(0, along);
        }
    }

    private static double clip(double coordinate) {
        return Math.max(0, Math.min(1, coordinate));
    }
}
