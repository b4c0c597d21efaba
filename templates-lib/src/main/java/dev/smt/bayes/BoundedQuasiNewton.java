package dev.smt.bayes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimizes a smooth function within bounds: limited-memory BFGS (Nocedal 1980) over the coordinates that are not held
 * by a bound, with a line search along the projection of the step on the bounds (Bertsekas 1982, "Projected Newton
 * methods for optimization problems with simple constraints").
 *
 * <p>Where the function is not finite, a step is taken back: a function may answer with NaN or infinity where it can't
 * be computed, only not at the start. The same start gives the same result.
 */
final class BoundedQuasiNewton {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double STILL_STEEP = 0.9;
    private static final int LONGEST_LINE_SEARCH = 20;
    private static final double SMALLEST_CURVATURE = 1e-12;

    /** A function with its gradient. */
    @FunctionalInterface
    interface Objective {
        /**
         * The value at a point.
         *
         * @param gradient filled with the derivatives by the point's coordinates
         */
        double at(double[] point, double[] gradient);
    }

    /**
     * When to stop.
     *
     * @param evaluations at most, of the function with its gradient
     * @param gradientTolerance largest coordinate of the projected gradient at which a point is a minimum
     * @param valueTolerance decrease per step under which two steps in a row end the search
     * @param longestStep in any coordinate, of one step; the first steps are half as long
     */
    record Settings(int evaluations, double gradientTolerance, double valueTolerance, double longestStep) {
        Settings {
            if (evaluations < 1 || !(gradientTolerance >= 0) || !(valueTolerance >= 0) || !(longestStep > 0)) {
                throw new IllegalArgumentException("evaluations is " + evaluations + ", gradientTolerance "
                        + gradientTolerance + ", valueTolerance " + valueTolerance + ", longestStep " + longestStep
                        + "; expected at least 1, 0, 0, and more than 0");
            }
        }
    }

    /**
     * The lowest point found.
     *
     * @param evaluations of the function with its gradient
     * @param converged whether a tolerance ended the search, not the number of evaluations or a failed line search
     */
    record Minimum(double[] point, double value, int evaluations, boolean converged) {}

    private record Step(double[] move, double[] change) {}

    private final Objective objective;
    private final double[] lower;
    private final double[] upper;
    private final Settings settings;
    private final Deque<Step> history = new ArrayDeque<>();

    private double[] point;
    private double value;
    private double[] gradient;
    private int evaluations;

    private BoundedQuasiNewton(Objective objective, double[] lower, double[] upper, Settings settings) {
        this.objective = objective;
        this.lower = lower;
        this.upper = upper;
        this.settings = settings;
    }

    /**
     * Goes down from a start, which is moved into the bounds.
     *
     * @return the start itself with its value where that is not finite
     */
    static Minimum minimize(Objective objective, double[] start, double[] lower, double[] upper, Settings settings) {
        for (int i = 0; i < start.length; i++) {
            if (!(lower[i] <= upper[i])) {
                throw new IllegalArgumentException(
                        "the bounds of coordinate " + i + " are " + lower[i] + " and " + upper[i]);
            }
        }
        return new BoundedQuasiNewton(objective, lower, upper, settings).from(start);
    }

    private Minimum from(double[] start) {
        point = start.clone();
        clip(point);
        gradient = new double[point.length];
        value = evaluate(point, gradient);
        int small = 0;
        boolean converged = false;
        while (Double.isFinite(value) && evaluations < settings.evaluations()) {
            boolean[] free = free();
            if (largest(free) <= settings.gradientTolerance()) {
                converged = true;
                break;
            }
            double before = value;
            if (!descend(free)) {
                if (history.isEmpty()) {
                    break;
                }
                history.clear();
                continue;
            }
            small = before - value <= settings.valueTolerance() ? small + 1 : 0;
            if (small == 2) {
                converged = true;
                break;
            }
        }
        return new Minimum(point, value, evaluations, converged);
    }

    private double evaluate(double[] at, double[] into) {
        evaluations++;
        double found = objective.at(at, into);
        for (double slope : into) {
            found = Double.isFinite(slope) ? found : Double.NaN;
        }
        return found;
    }

    /** The coordinates that are not at a bound which the function pushes them against. */
    private boolean[] free() {
        boolean[] free = new boolean[point.length];
        for (int i = 0; i < free.length; i++) {
            free[i] = !(point[i] <= lower[i] && gradient[i] >= 0) && !(point[i] >= upper[i] && gradient[i] <= 0);
        }
        return free;
    }

    private double largest(boolean[] free) {
        double largest = 0;
        for (int i = 0; i < free.length; i++) {
            double projected = Math.max(lower[i], Math.min(upper[i], point[i] - gradient[i])) - point[i];
            largest = free[i] ? Math.max(largest, Math.abs(projected)) : largest;
        }
        return largest;
    }

    /** One line search; false where it finds no lower point. */
    private boolean descend(boolean[] free) {
        double[] direction = direction(free);
        double slope = dot(gradient, direction, free);
        double reach = 0;
        for (double step : direction) {
            reach = Math.max(reach, Math.abs(step));
        }
        if (!(slope < 0) || !(reach < Double.POSITIVE_INFINITY)) {
            return false;
        }
        double longest = settings.longestStep() / reach;
        double share = history.isEmpty() ? longest / 2 : Math.min(1, longest);
        double[] next = new double[point.length];
        double[] nextGradient = new double[point.length];
        for (int i = 0; i < LONGEST_LINE_SEARCH && evaluations < settings.evaluations(); i++) {
            double expected = move(direction, share, next);
            if (expected == 0) {
                return false;
            }
            double found = evaluate(next, nextGradient);
            if (found <= value + SUFFICIENT_DECREASE * expected) {
                accept(next, found, nextGradient);
                boolean steep = dot(nextGradient, direction, free) < STILL_STEEP * slope;
                if (steep && share < longest) {
                    lengthen(direction, free, slope);
                }
                return true;
            }
            double fitted = -slope * share * share / (2 * (found - value - slope * share));
            share = fitted > 0.1 * share && fitted < 0.5 * share
                    ? fitted
                    : Double.isFinite(found) ? 0.5 * share : 0.1 * share;
        }
        return false;
    }

    /** After a step that was too short for the curvature along it to show: goes on the same way while that pays. */
    private void lengthen(double[] direction, boolean[] free, double slope) {
        double[] next = new double[point.length];
        double[] nextGradient = new double[point.length];
        double reach = 0;
        for (double step : direction) {
            reach = Math.max(reach, Math.abs(step));
        }
        double share = settings.longestStep() / reach;
        if (evaluations < settings.evaluations() && move(direction, share, next) < 0) {
            double found = evaluate(next, nextGradient);
            if (found < value && dot(nextGradient, direction, free) < -STILL_STEEP * slope) {
                accept(next, found, nextGradient);
            }
        }
    }

    /** Goes a share of the direction, held by the bounds; the first-order change of the function. */
    private double move(double[] direction, double share, double[] into) {
        double expected = 0;
        for (int i = 0; i < into.length; i++) {
            into[i] = Math.max(lower[i], Math.min(upper[i], point[i] + share * direction[i]));
            expected += gradient[i] * (into[i] - point[i]);
        }
        return expected;
    }

    private void accept(double[] next, double found, double[] nextGradient) {
        double[] move = new double[next.length];
        double[] change = new double[next.length];
        for (int i = 0; i < next.length; i++) {
            move[i] = next[i] - point[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        history.addLast(new Step(move, change));
        if (history.size() > MEMORY) {
            history.removeFirst();
        }
        point = next.clone();
        gradient = nextGradient.clone();
        value = found;
    }

    /** Minus the inverse Hessian's estimate times the gradient, in the free coordinates (two-loop recursion). */
    private double[] direction(boolean[] free) {
        double[] direction = new double[point.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = free[i] ? -gradient[i] : 0;
        }
        history.removeIf(step -> !(curvature(step, free) > 0));
        double[] pulls = new double[history.size()];
        int at = pulls.length;
        for (Iterator<Step> steps = history.descendingIterator(); steps.hasNext(); ) {
            Step step = steps.next();
            pulls[--at] = dot(step.move, direction, free) / curvature(step, free);
            add(direction, -pulls[at], step.change, free);
        }
        if (!history.isEmpty()) {
            Step last = history.getLast();
            double scale = curvature(last, free) / dot(last.change, last.change, free);
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (Step step : history) {
            double pull = pulls[at++] - dot(step.change, direction, free) / curvature(step, free);
            add(direction, pull, step.move, free);
        }
        return direction;
    }

    /** How much the slope rises along a step, in the free coordinates; 0 where it is too little to divide by. */
    private static double curvature(Step step, boolean[] free) {
        double along = dot(step.move, step.change, free);
        double sizes = Math.sqrt(dot(step.move, step.move, free) * dot(step.change, step.change, free));
        return along > SMALLEST_CURVATURE * sizes ? along : 0;
    }

    private static void add(double[] to, double times, double[] what, boolean[] free) {
        for (int i = 0; i < to.length; i++) {
            to[i] += free[i] ? times * what[i] : 0;
        }
    }

    private static double dot(double[] a, double[] b, boolean[] free) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += free[i] ? a[i] * b[i] : 0;
        }
        return sum;
    }

    private void clip(double[] at) {
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(lower[i], Math.min(upper[i], at[i]));
        }
    }
}
