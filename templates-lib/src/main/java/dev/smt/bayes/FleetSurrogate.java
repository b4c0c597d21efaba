package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/**
 * A Gaussian process per representative model over the unit cube, with one kernel for all: n models with a dozen trials
 * each say more about the length scales together than alone. The noise of a delta is its own known standard error and a
 * learned part. Deltas are standardized per model. A failed training enters as a delta below everything that was seen
 * of its model by one standard deviation, so that the search avoids its neighbourhood.
 */
final class FleetSurrogate {
    private static final int MAX_EVALUATIONS = 300;
    private static final double SMALLEST_SPREAD = 1e-6;
    private static final double[] START_LENGTH_SCALES = {0.3, 1.5};

    private final double[][] points;
    private final double[][] values;
    private final double[][] noise;
    private final double[] means;
    private final double[] spreads;
    private final Matern52 kernel;
    private final double learnedNoise;

    private FleetSurrogate(Standardized data, double[][] points, double[] hyperparameters) {
        this.points = points;
        this.values = data.values;
        this.noise = data.noise;
        this.means = data.means;
        this.spreads = data.spreads;
        this.kernel = kernel(hyperparameters);
        this.learnedNoise = Math.exp(hyperparameters[hyperparameters.length - 1]);
    }

    /**
     * Fits the surrogate.
     *
     * @param points unit-cube points of the complete trials, [T, d], d at least 1
     * @param trials the models' deltas of each trial
     */
    static FleetSurrogate fit(double[][] points, List<List<ModelDelta>> trials, FleetObjective objective) {
        Standardized data = Standardized.of(trials, objective);
        int dimension = points[0].length;
        MultivariateFunction posterior = parameters -> logPosterior(points, data, parameters);
        double[] best = null;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (double start : START_LENGTH_SCALES) {
            double[] guess = new double[dimension + 1];
            Arrays.fill(guess, Math.log(start));
            guess[dimension] = Math.log(0.1);
            double[] found = maximize(posterior, guess);
            double value = posterior.value(found);
            if (value > bestValue) {
                best = found;
                bestValue = value;
            }
        }
        if (best == null) {
            throw new ArithmeticException("the surrogate's likelihood is not finite anywhere");
        }
        return new FleetSurrogate(data, points, best);
    }

    double[][] points() {
        return points;
    }

    Matern52 kernel() {
        return kernel;
    }

    int models() {
        return values.length;
    }

    /** The Gaussian process of one model's standardized deltas. */
    GaussianProcess process(int model) {
        return GaussianProcess.of(points, values[model], totalNoise(noise[model], learnedNoise), kernel);
    }

    /** A standardized value of a model as a delta, in percent NE. */
    double delta(int model, double standardized) {
        return means[model] + spreads[model] * standardized;
    }

    private static double[] maximize(MultivariateFunction posterior, double[] guess) {
        double[] low = new double[guess.length];
        double[] high = new double[guess.length];
        Arrays.fill(low, Math.log(0.05));
        Arrays.fill(high, Math.log(10));
        low[guess.length - 1] = Math.log(1e-6);
        high[guess.length - 1] = Math.log(2);
        try {
            return new BOBYQAOptimizer(2 * guess.length + 1)
                    .optimize(
                            new MaxEval(MAX_EVALUATIONS * guess.length),
                            new ObjectiveFunction(posterior),
                            GoalType.MAXIMIZE,
                            new InitialGuess(guess),
                            new SimpleBounds(low, high))
                    .getPoint();
        } catch (MathIllegalStateException stopped) {
            return guess;
        }
    }

    private static double logPosterior(double[][] points, Standardized data, double[] parameters) {
        int dimension = parameters.length - 1;
        double sum = logNormal(parameters[dimension], Math.log(0.1), 1.5);
        for (int i = 0; i < dimension; i++) {
            sum += logNormal(parameters[i], Math.log(0.7), 1);
        }
        Matern52 kernel = kernel(parameters);
        try {
            for (int model = 0; model < data.values.length; model++) {
                double[] noise = totalNoise(data.noise[model], Math.exp(parameters[dimension]));
                sum += GaussianProcess.of(points, data.values[model], noise, kernel)
                        .logLikelihood();
            }
        } catch (ArithmeticException notPositiveDefinite) {
            return -1e12;
        }
        return sum;
    }

    private static double logNormal(double x, double mean, double deviation) {
        double z = (x - mean) / deviation;
        return -0.5 * z * z;
    }

    private static Matern52 kernel(double[] parameters) {
        return new Matern52(
                1,
                Arrays.stream(parameters, 0, parameters.length - 1)
                        .map(Math::exp)
                        .toArray());
    }

    private static double[] totalNoise(double[] known, double learned) {
        return Arrays.stream(known).map(variance -> variance + learned).toArray();
    }

    /** Deltas per model with mean 0 and variance 1: [n, T]. */
    private static final class Standardized {
        private final double[][] values;
        private final double[][] noise;
        private final double[] means;
        private final double[] spreads;

        private Standardized(int models, int trials) {
            values = new double[models][trials];
            noise = new double[models][trials];
            means = new double[models];
            spreads = new double[models];
        }

        static Standardized of(List<List<ModelDelta>> trials, FleetObjective objective) {
            List<String> ids = objective.models();
            Standardized data = new Standardized(ids.size(), trials.size());
            for (int model = 0; model < ids.size(); model++) {
                String id = ids.get(model);
                ModelDelta[] deltas =
                        trials.stream().map(trial -> byModel(trial).get(id)).toArray(ModelDelta[]::new);
                data.standardize(model, deltas, objective.alpha());
            }
            return data;
        }

        private static Map<String, ModelDelta> byModel(List<ModelDelta> trial) {
            return trial.stream().collect(Collectors.toMap(ModelDelta::modelId, Function.identity()));
        }

        private void standardize(int model, ModelDelta[] deltas, double alpha) {
            double[] seen = Arrays.stream(deltas)
                    .filter(delta -> !delta.failed())
                    .mapToDouble(ModelDelta::delta)
                    .toArray();
            double mean = Arrays.stream(seen).average().orElse(0);
            double variance = Arrays.stream(seen)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElse(0);
            double spread = Math.max(Math.sqrt(variance), Math.max(SMALLEST_SPREAD, alpha / 10));
            double failed = Math.min(Arrays.stream(seen).min().orElse(0), -alpha) - Math.max(spread, alpha);
            means[model] = mean;
            spreads[model] = spread;
            for (int trial = 0; trial < deltas.length; trial++) {
                ModelDelta delta = deltas[trial];
                double error = delta.failed() || !(delta.standardError() > 0) ? 0 : delta.standardError();
                values[model][trial] = ((delta.failed() ? failed : delta.delta()) - mean) / spread;
                noise[model][trial] = (error / spread) * (error / spread);
            }
        }
    }
}
