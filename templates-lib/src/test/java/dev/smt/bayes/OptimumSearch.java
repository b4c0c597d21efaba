package dev.smt.bayes;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The largest mu of a known fleet: many Sobol points, then CMA-ES from the best of them, with two ways to treat the
 * constraint, because each gets stuck at times: infeasible points below all feasible ones, and a penalty.
 */
final class OptimumSearch {
    private static final double PENALTY = 4;
    private static final double INFEASIBLE = -1e3;
    private static final double FAILED = -1e6;

    private final Landscape landscape;
    private final int dimension;
    private final boolean constrained;
    private double best = Double.NEGATIVE_INFINITY;
    private double[] bestPoint;

    private OptimumSearch(Landscape landscape, int dimension, boolean constrained) {
        this.landscape = landscape;
        this.dimension = dimension;
        this.constrained = constrained;
        this.bestPoint = new double[dimension];
    }

    /** The best point and its mu, in percent NE. */
    record Optimum(double[] point, double mu) {}

    /** The largest mu: among feasible points, or among all that complete. */
    static Optimum largest(Landscape landscape, double[][] spread, boolean constrained, int starts) {
        OptimumSearch search = new OptimumSearch(landscape, spread[0].length, constrained);
        double[] merits = Arrays.stream(spread)
                .mapToDouble(point -> search.merit(point, false))
                .toArray();
        List<double[]> promising = IntStream.range(0, spread.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -merits[i]))
                .limit(starts)
                .map(i -> spread[i])
                .toList();
        for (int start = 0; start < promising.size(); start++) {
            search.climb(promising.get(start), 0.1, start % 2 == 1, start);
        }
        search.climb(search.bestPoint.clone(), 0.02, false, starts);
        search.climb(search.bestPoint.clone(), 0.02, true, starts + 1);
        return new Optimum(search.bestPoint, search.best);
    }

    private void climb(double[] start, double step, boolean penalized, int stream) {
        RandomGenerator random = new Well19937c(new int[] {stream, dimension});
        CMAESOptimizer optimizer = new CMAESOptimizer(
                150 + 25 * dimension,
                0,
                true,
                0,
                0,
                random,
                false,
                (iteration, a, b) -> iteration > 40 && Math.abs(a.getValue() - b.getValue()) < 1e-9);
        double[] steps = new double[dimension];
        Arrays.fill(steps, step);
        double[] ones = new double[dimension];
        Arrays.fill(ones, 1);
        try {
            optimizer.optimize(
                    new MaxEval(100_000),
                    new ObjectiveFunction(point -> merit(point, penalized)),
                    GoalType.MAXIMIZE,
                    new InitialGuess(start),
                    new SimpleBounds(new double[dimension], ones),
                    new CMAESOptimizer.Sigma(steps),
                    new CMAESOptimizer.PopulationSize(6 + dimension));
        } catch (MathIllegalStateException e) {
            // The evaluations are used up; the best point on the way is kept by the merit itself.
            return;
        }
    }

    private double merit(double[] point, boolean penalized) {
        landscape.moveTo(point);
        if (Double.isNaN(landscape.mu)) {
            return FAILED;
        }
        if (constrained && !landscape.feasible()) {
            return penalized ? landscape.mu + PENALTY * landscape.slack : INFEASIBLE + landscape.slack;
        }
        if (landscape.mu > best) {
            best = landscape.mu;
            bestPoint = point.clone();
        }
        return landscape.mu;
    }
}
