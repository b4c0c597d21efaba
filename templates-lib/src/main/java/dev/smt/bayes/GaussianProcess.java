package dev.smt.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.openblas.global.openblas;

/**
 * Gaussian process regression on the unit cube: Matern-5/2 with a length scale per coordinate and a factor per
 * categorical parameter, a known noise variance per observation plus a learned one, targets standardized inside. Points
 * are [n][D]; values and variances are in the targets' unit and its square.
 *
 * <p>Exact duplicates among the points are replicates of one site, without approximation. Instances don't change.
 */
final class GaussianProcess {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private final Targets targets;
    private final MaternKernel kernel;
    private final Replicates replicates;
    private final Replicates.Merged merged;
    private final double noiseVariance;
    private final Cholesky factor;
    private final double[] alpha;

    private GaussianProcess(
            Targets targets, MaternKernel kernel, Replicates replicates, double noiseVariance, Cholesky factor) {
        this.targets = targets;
        this.kernel = kernel;
        this.replicates = replicates;
        this.merged = replicates.merge(targets, noiseVariance);
        this.noiseVariance = noiseVariance;
        this.factor = factor;
        this.alpha = factor.solve(merged.values);
    }

    /** Fits one process of D numeric coordinates with its own hyperparameters. */
    static GaussianProcess fit(double[][] points, double[] values, double[] noiseVariances) {
        return fit(numeric(points), points, values, noiseVariances);
    }

    /**
     * Fits one process with its own hyperparameters.
     *
     * @throws SurrogateException when there is no point, a number is not finite or a noise variance negative
     */
    static GaussianProcess fit(CoordinateGroups groups, double[][] points, double[] values, double[] noiseVariances) {
        return fitShared(groups, points, List.of(new Targets(values, noiseVariances)))
                .get(0);
    }

    /** Fits one process of D numeric coordinates per target; all share their hyperparameters. */
    static List<GaussianProcess> fitShared(double[][] points, List<Targets> targets) {
        return fitShared(numeric(points), points, targets);
    }

    /** Fits one process per target; all share their hyperparameters. */
    static List<GaussianProcess> fitShared(CoordinateGroups groups, double[][] points, List<Targets> targets) {
        return of(groups, points, targets, Hyperparameters.fit(groups, points, targets));
    }

    /** The process of D numeric coordinates with D + 2 given hyperparameters. */
    static GaussianProcess of(double[][] points, Targets targets, double[] logs) {
        return of(numeric(points), points, List.of(targets), logs).get(0);
    }

    /**
     * The processes of several targets with the same given hyperparameters; those with equal noise share a factorization.
     *
     * @param logs natural logarithms: K length scales, signal variance, variance of the learned noise
     * @throws SurrogateException when the covariance is not positive definite even with jitter
     */
    static List<GaussianProcess> of(CoordinateGroups groups, double[][] points, List<Targets> targets, double[] logs) {
        double noise = Math.exp(logs[logs.length - 1]);
        double[] kernelLogs = Arrays.copyOf(logs, logs.length - 1);
        Replicates replicates = new Replicates(points, groups.dimension());
        KernelMatrix covariances = new KernelMatrix(groups, replicates.sites());
        covariances.fill(new MaternKernel(groups, kernelLogs));
        List<double[]> noises = new ArrayList<>();
        List<Cholesky> factors = new ArrayList<>();
        List<GaussianProcess> processes = new ArrayList<>();
        for (Targets target : targets) {
            int known = 0;
            while (known < noises.size() && !Arrays.equals(noises.get(known), target.noiseVariances)) {
                known++;
            }
            if (known == noises.size()) {
                double[] variances = replicates.merge(target, noise).variances;
                noises.add(target.noiseVariances);
                factors.add(Cholesky.of(covariances.values(), variances, MarginalLikelihood.JITTERS));
            }
            MaternKernel kernel = new MaternKernel(groups, kernelLogs);
            processes.add(new GaussianProcess(target, kernel, replicates, noise, factors.get(known)));
        }
        return processes;
    }

    private static CoordinateGroups numeric(double[][] points) {
        return CoordinateGroups.numeric(points.length == 0 ? 0 : points[0].length);
    }

    /** Log marginal likelihood of the standardized targets, replicates included. */
    double logMarginalLikelihood() {
        double fit = 0;
        for (int i = 0; i < alpha.length; i++) {
            fit += alpha[i] * merged.values[i];
        }
        return merged.logFactor - (fit + factor.logDeterminant() + alpha.length * LOG_2_PI) / 2;
    }

    MaternKernel kernel() {
        return kernel;
    }

    /** Mean of the targets, added back to what the kernel's space says. */
    double mean() {
        return targets.mean;
    }

    /** Scale of the targets: what one unit of the kernel's space is worth. */
    double scale() {
        return targets.scale;
    }

    /** Variance of the learned noise of an observation, in standardized units. */
    double noiseVariance() {
        return noiseVariance;
    }

    /** The joint posterior of the noise-free values at some points, in standardized units. */
    Posterior posterior(double[][] points) {
        int m = points.length;
        double[][] sites = replicates.sites();
        int n = sites.length;
        double[] cross = new double[m * n];
        double[] mean = new double[m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                cross[i * n + j] = kernel.covariance(points[i], sites[j]);
                mean[i] += cross[i * n + j] * alpha[j];
            }
        }
        KernelMatrix prior = new KernelMatrix(kernel.groups(), points);
        prior.fill(kernel);
        double[] left = prior.values();
        factor.solveLowerRows(cross, m);
        if (m > 0) {
            openblas.cblas_dsyrk(
                    openblas.CblasRowMajor, openblas.CblasLower, openblas.CblasNoTrans, m, n, -1, cross, n, 1, left, m);
        }
        double[][] covariance = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = left[i * m + j];
                covariance[j][i] = left[i * m + j];
            }
        }
        return new Posterior(mean, covariance);
    }

    /** The posterior of the noise-free value at one point, with its gradients, in standardized units. */
    PointPosterior posterior(double[] point) {
        double[][] sites = replicates.sites();
        double[] cross = new double[sites.length];
        double[][] slopes = new double[sites.length][point.length];
        for (int i = 0; i < sites.length; i++) {
            cross[i] = kernel.covariance(point, sites[i], slopes[i]);
        }
        double[] weights = factor.solve(cross);
        double mean = 0;
        double variance = kernel.signalVariance();
        double[] meanGradient = new double[point.length];
        double[] varianceGradient = new double[point.length];
        for (int i = 0; i < sites.length; i++) {
            mean += alpha[i] * cross[i];
            variance -= weights[i] * cross[i];
            for (int d = 0; d < point.length; d++) {
                meanGradient[d] += alpha[i] * slopes[i][d];
                varianceGradient[d] -= 2 * weights[i] * slopes[i][d];
            }
        }
        return new PointPosterior(mean, Math.max(0, variance), meanGradient, varianceGradient);
    }

    /** How well each observation is predicted from the others. */
    LeaveOneOut leaveOneOut() {
        int n = alpha.length;
        double[] inverse = factor.inverse();
        double[] observed = new double[targets.values.length];
        double[] means = new double[observed.length];
        double[] variances = new double[observed.length];
        for (int i = 0; i < observed.length; i++) {
            int site = replicates.siteOf(i);
            double precision = inverse[site * n + site];
            double latent = Math.max(0, 1 / precision - merged.variances[site]);
            double noise = targets.noiseVariances[i] + noiseVariance;
            observed[i] = targets.mean + targets.scale * targets.values[i];
            means[i] = targets.mean + targets.scale * (merged.values[site] - alpha[site] / precision);
            variances[i] = targets.scale * targets.scale * (latent + noise);
        }
        return LeaveOneOut.of(observed, means, variances);
    }

    /** Mean [n] and covariance [n][n], standardized. */
    static final class Posterior {
        final double[] mean;
        final double[][] covariance;

        Posterior(double[] mean, double[][] covariance) {
            this.mean = mean;
            this.covariance = covariance;
        }
    }

    /** Mean and variance at one point, and their gradients [D] by the point's coordinates, standardized. */
    record PointPosterior(double mean, double variance, double[] meanGradient, double[] varianceGradient) {}
}
