package dev.smt.bayes;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.bytedeco.openblas.global.openblas;

/**
 * S joint draws of g and of all d_i of a {@link FleetSurrogate} at n sites, the observed points first, given all
 * observations: draws of the prior, each corrected by what the observations say of it (Matheron's rule; Wilson et al.
 * 2021, "Pathwise conditioning of Gaussian processes"). Every draw is used with both signs of its prior part.
 *
 * <p>A function f with the prior covariance k continues from the sites to any point x as the sum over the sites of
 * k(x, site) times a coefficient, plus a residual that no observation says anything of. The coefficients, K^-1 f, are
 * what is kept here.
 */
final class FleetPosterior {
    /** Relative to the signal variance: keeps a smooth kernel's matrix away from singular. */
    private static final double NUGGET = 1e-6;

    private static final double[] JITTERS = {0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2};

    final double[][] sites;
    final int samples;
    final Cholesky commonFactor;
    final Cholesky ownFactor;
    /** K^-1 g by site, [n][S]. */
    final double[][] commonCoefficients;
    /** K^-1 d_i by site, [n][M * S], model by model. */
    final double[][] ownCoefficients;
    /** a_i g + d_i at the sites, in units, [n][M * S]. */
    final double[][] values;

    private final FleetSurrogate surrogate;
    private final int models;
    private final int n;
    /** One row for the posterior mean, then S / 2 for the draws. */
    private final int rows;

    FleetPosterior(FleetSurrogate surrogate, double[][] sites, int samples, RandomGenerator random) {
        this.surrogate = surrogate;
        this.sites = sites;
        this.samples = samples;
        this.models = surrogate.models();
        this.n = sites.length;
        this.rows = 1 + samples / 2;
        KernelMatrix common = matrix(surrogate.commonKernel());
        KernelMatrix own = surrogate.ownKernel() == surrogate.commonKernel() ? common : matrix(surrogate.ownKernel());
        this.commonFactor = factor(common.values(), surrogate.commonKernel().signalVariance());
        this.ownFactor = factor(own.values(), surrogate.ownKernel().signalVariance());
        this.commonCoefficients = new double[n][samples];
        this.ownCoefficients = new double[n][models * samples];
        this.values = new double[n][models * samples];
        draw(own.values(), random);
    }

    private KernelMatrix matrix(MaternKernel kernel) {
        KernelMatrix matrix = new KernelMatrix(kernel.groups(), sites);
        matrix.fill(kernel);
        return matrix;
    }

    private Cholesky factor(double[] covariance, double signal) {
        double[] nugget = new double[n];
        Arrays.fill(nugget, NUGGET * signal);
        double[] ladder = Arrays.stream(JITTERS).map(jitter -> jitter * signal).toArray();
        return Cholesky.of(covariance, nugget, ladder);
    }

    private void draw(double[] ownCovariance, RandomGenerator random) {
        double[] commonNormals = normals(random);
        double[] common = commonNormals.clone();
        commonFactor.timesRows(common, rows);
        double[][] precisions = new double[models][];
        double[][] ownNormals = new double[models][];
        double[][] weighted = new double[models][];
        double[] precision = new double[n * n];
        double[] pull = new double[rows * n];
        for (int i = 0; i < models; i++) {
            double[] noise = Arrays.copyOf(surrogate.noise(i), n);
            Arrays.fill(noise, surrogate.points().length, n, FleetSurrogate.UNKNOWN);
            precisions[i] = precision(ownCovariance, surrogate.ownVariance(i), noise);
            ownNormals[i] = normals(random);
            double[] residuals = residuals(i, common, ownNormals[i], noise, random);
            weighted[i] = times(residuals, precisions[i]);
            double loading = surrogate.loading(i);
            for (int j = 0; j < pull.length; j++) {
                pull[j] += loading * weighted[i][j];
            }
            for (int j = 0; j < precision.length; j++) {
                precision[j] += loading * loading * precisions[i][j];
            }
        }
        // g given everything: g0 + L (I + L' P L)^-1 L' pull.
        double[] inner = commonFactor.congruent(precision);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        Cholesky innerFactor = Cholesky.of(inner, ones, JITTERS);
        commonFactor.timesTransposedRows(pull, rows);
        innerFactor.solveRows(pull, rows);
        double[] coefficients = new double[rows * n];
        for (int j = 0; j < coefficients.length; j++) {
            coefficients[j] = commonNormals[j] + pull[j];
        }
        double[] atSites = coefficients.clone();
        commonFactor.timesRows(atSites, rows);
        commonFactor.timesRows(pull, rows);
        commonFactor.solveUpperRows(coefficients, rows);
        for (int s = 0; s < samples; s++) {
            for (int site = 0; site < n; site++) {
                commonCoefficients[site][s] = sample(coefficients, s, site);
            }
        }
        for (int i = 0; i < models; i++) {
            spread(i, weighted[i], times(pull, precisions[i]), ownNormals[i], atSites);
        }
    }

    /** Standard normals for the draws; 0 for the mean. */
    private double[] normals(RandomGenerator random) {
        double[] normals = new double[rows * n];
        for (int j = n; j < normals.length; j++) {
            normals[j] = random.nextGaussian();
        }
        return normals;
    }

    /** (v K + noise)^-1, of which the lower triangle is filled. */
    private double[] precision(double[] ownCovariance, double variance, double[] noise) {
        double[] covariance = new double[n * n];
        for (int j = 0; j < covariance.length; j++) {
            covariance[j] = variance * ownCovariance[j];
        }
        return Cholesky.of(covariance, noise, JITTERS).inverse();
    }

    /** What the observations of a model differ by from a draw of the prior with noise; from 0 for the mean. */
    private double[] residuals(
            int model, double[] common, double[] ownNormals, double[] noise, RandomGenerator random) {
        double[] residuals = ownNormals.clone();
        ownFactor.timesRows(residuals, rows);
        double deviation = Math.sqrt(surrogate.ownVariance(model));
        double[] observed = surrogate.values(model);
        for (int row = 0; row < rows; row++) {
            for (int site = 0; site < n; site++) {
                int at = row * n + site;
                double known = row == 0 && site < observed.length ? observed[site] : 0;
                // What is not observed has no noise to draw: its precision is 0.
                double noisy = row == 0 || noise[site] >= FleetSurrogate.UNKNOWN
                        ? 0
                        : Math.sqrt(noise[site]) * random.nextGaussian();
                residuals[at] = known - surrogate.loading(model) * common[at] - deviation * residuals[at] - noisy;
            }
        }
        return residuals;
    }

    /** Rows times a symmetric matrix given by its lower triangle. */
    private double[] times(double[] left, double[] symmetric) {
        double[] product = new double[rows * n];
        openblas.cblas_dsymm(
                openblas.CblasRowMajor,
                openblas.CblasRight,
                openblas.CblasLower,
                rows,
                n,
                1,
                symmetric,
                n,
                left,
                n,
                0,
                product,
                n);
        return product;
    }

    private void spread(int model, double[] weighted, double[] taken, double[] normals, double[] common) {
        double variance = surrogate.ownVariance(model);
        double deviation = Math.sqrt(variance);
        double loading = surrogate.loading(model);
        double[] coefficients = normals.clone();
        ownFactor.solveUpperRows(coefficients, rows);
        for (int j = 0; j < coefficients.length; j++) {
            coefficients[j] = deviation * coefficients[j] + variance * (weighted[j] - loading * taken[j]);
        }
        double[] atSites = coefficients.clone();
        ownFactor.timesTransposedRows(atSites, rows);
        ownFactor.timesRows(atSites, rows);
        int at = model * samples;
        for (int site = 0; site < n; site++) {
            for (int s = 0; s < samples; s++) {
                ownCoefficients[site][at + s] = sample(coefficients, s, site);
                values[site][at + s] = loading * sample(common, s, site) + sample(atSites, s, site);
            }
        }
    }

    private double sample(double[] parts, int sample, int site) {
        boolean first = sample < samples / 2;
        double draw = parts[(1 + (first ? sample : samples - 1 - sample)) * n + site];
        return parts[site] + (first ? draw : -draw);
    }
}
