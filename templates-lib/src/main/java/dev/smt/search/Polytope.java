package dev.smt.search;

import dev.smt.search.Parameter.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.exception.TooManyIterationsException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * The places in [0, 1]^n at which rows . place is at most the limits; some of the coordinates only at the steps of whole
 * numbers. Places are linear in the parameters' own units, whatever their scale, so that the constraints are too.
 */
final class Polytope {
    private static final int SWEEPS = 500;
    private static final double SETTLED = 1e-15;
    private static final double SIMPLEX_PRECISION = 1e-10;
    private static final int SIMPLEX_STEPS = 10_000;
    private static final int BRANCHES = 200;
    /** Room that a point inside is given: more than this share of the range is not looked for. */
    private static final double ROOM = 0.25;

    private final List<Parameter> variables;
    private final double[][] rows;
    private final double[] limits;

    /**
     * @param variables real and whole, each with more than one value
     * @param rows [constraint][variable], in the parameters' own units
     * @param bounds of the sums, in the parameters' own units
     */
    Polytope(List<Parameter> variables, double[][] rows, double[] bounds) {
        this.variables = variables;
        this.rows = new double[rows.length][variables.size()];
        this.limits = bounds.clone();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < variables.size(); j++) {
                limits[i] -= rows[i][j] * low(j);
                this.rows[i][j] = rows[i][j] * width(j);
            }
            normalize(i);
        }
    }

    private void normalize(int row) {
        double length = Math.sqrt(Arrays.stream(rows[row]).map(x -> x * x).sum());
        if (length > 0) {
            rows[row] = Arrays.stream(rows[row]).map(x -> x / length).toArray();
            limits[row] /= length;
        }
    }

    private double low(int variable) {
        return Constraints.low(variables.get(variable));
    }

    private double width(int variable) {
        return Constraints.high(variables.get(variable)) - low(variable);
    }

    private boolean whole(int variable) {
        return variables.get(variable) instanceof Whole;
    }

    double place(int variable, double value) {
        return Scale.clip((value - low(variable)) / width(variable));
    }

    double value(int variable, double place) {
        double value = low(variable) + place * width(variable);
        return whole(variable) ? Math.rint(value) : value;
    }

    /**
     * The nearest place, with the coordinates of whole numbers kept at {@code place} rounded to their steps; Dykstra's
     * alternating projections (Boyle and Dykstra 1986), so no coordinate is preferred to another. Close to it, where there
     * is none.
     */
    double[] nearest(double[] place, boolean keepWhole) {
        double[] low = new double[place.length];
        double[] high = new double[place.length];
        for (int j = 0; j < place.length; j++) {
            boolean kept = keepWhole && whole(j);
            low[j] = kept ? place(j, value(j, place[j])) : 0;
            high[j] = kept ? low[j] : 1;
        }
        double[] at = place.clone();
        double[][] corrections = new double[rows.length + 1][place.length];
        double moved = 1;
        for (int sweep = 0; sweep < SWEEPS && moved > SETTLED; sweep++) {
            double[] before = at;
            for (int i = 0; i < rows.length; i++) {
                at = step(at, corrections[i], rows[i], limits[i]);
            }
            at = step(at, corrections[rows.length], low, high);
            moved = distance(before, at);
        }
        return at;
    }

    private static double[] step(double[] at, double[] correction, double[] row, double limit) {
        double[] from = plus(at, correction);
        double excess = -limit;
        for (int j = 0; j < from.length; j++) {
            excess += row[j] * from[j];
        }
        double[] to = from.clone();
        for (int j = 0; j < from.length; j++) {
            to[j] -= Math.max(0, excess) * row[j];
            correction[j] = from[j] - to[j];
        }
        return to;
    }

    private static double[] step(double[] at, double[] correction, double[] low, double[] high) {
        double[] from = plus(at, correction);
        double[] to = from.clone();
        for (int j = 0; j < from.length; j++) {
            to[j] = Math.max(low[j], Math.min(high[j], from[j]));
            correction[j] = from[j] - to[j];
        }
        return to;
    }

    private static double[] plus(double[] one, double[] other) {
        double[] sum = one.clone();
        for (int j = 0; j < sum.length; j++) {
            sum[j] += other[j];
        }
        return sum;
    }

    private static double distance(double[] one, double[] other) {
        double distance = 0;
        for (int j = 0; j < one.length; j++) {
            distance = Math.max(distance, Math.abs(one[j] - other[j]));
        }
        return distance;
    }

    /** A place inside, with room to the constraints where there is some; whole numbers by branch and bound. */
    Optional<double[]> inside() {
        double[] low = new double[variables.size()];
        double[] high = new double[variables.size()];
        Arrays.fill(high, 1);
        return inside(low, high, new int[] {BRANCHES});
    }

    private Optional<double[]> inside(double[] low, double[] high, int[] budget) {
        Optional<double[]> relaxed = budget[0]-- > 0 ? solved(low, high) : Optional.empty();
        if (relaxed.isEmpty()) {
            return relaxed;
        }
        double[] rounded = nearest(relaxed.get(), true);
        if (holds(rounded)) {
            return Optional.of(rounded);
        }
        int split = -1;
        double farthest = SIMPLEX_PRECISION;
        for (int j = 0; j < low.length; j++) {
            double distance = Math.abs(place(j, value(j, relaxed.get()[j])) - relaxed.get()[j]) * width(j);
            if (whole(j) && distance > farthest) {
                split = j;
                farthest = distance;
            }
        }
        return split < 0 ? Optional.empty() : branch(low, high, split, relaxed.get()[split], budget);
    }

    private Optional<double[]> branch(double[] low, double[] high, int split, double place, int[] budget) {
        double value = low(split) + place * width(split);
        double[] below = high.clone();
        below[split] = place(split, Math.floor(value));
        double[] above = low.clone();
        above[split] = place(split, Math.ceil(value));
        Optional<double[]> found = inside(low, below, budget);
        return found.isPresent() ? found : inside(above, high, budget);
    }

    private boolean holds(double[] place) {
        for (int i = 0; i < rows.length; i++) {
            double excess = -limits[i];
            for (int j = 0; j < place.length; j++) {
                excess += rows[i][j] * place[j];
            }
            if (excess > 1e-12) {
                return false;
            }
        }
        return true;
    }

    /** The linear program of the largest room; empty where no place holds the constraints. */
    private Optional<double[]> solved(double[] low, double[] high) {
        int n = low.length;
        List<org.apache.commons.math3.optim.linear.LinearConstraint> program = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            double[] row = Arrays.copyOf(rows[i], n + 1);
            row[n] = 1;
            program.add(row(row, Relationship.LEQ, limits[i]));
        }
        for (int j = 0; j < n; j++) {
            program.add(row(unit(n, j), Relationship.LEQ, high[j]));
            program.add(row(unit(n, j), Relationship.GEQ, low[j]));
        }
        program.add(row(unit(n, n), Relationship.LEQ, ROOM));
        try {
            PointValuePair best = new SimplexSolver(SIMPLEX_PRECISION)
                    .optimize(
                            new MaxIter(SIMPLEX_STEPS),
                            new LinearObjectiveFunction(unit(n, n), 0),
                            new LinearConstraintSet(program),
                            GoalType.MAXIMIZE,
                            new NonNegativeConstraint(true));
            return Optional.of(Arrays.copyOf(best.getPoint(), n));
        } catch (NoFeasibleSolutionException | TooManyIterationsException e) {
            return Optional.empty();
        }
    }

    private static org.apache.commons.math3.optim.linear.LinearConstraint row(
            double[] row, Relationship relationship, double limit) {
        return new org.apache.commons.math3.optim.linear.LinearConstraint(row, relationship, limit);
    }

    private static double[] unit(int last, int index) {
        double[] unit = new double[last + 1];
        unit[index] = 1;
        return unit;
    }
}
