package dev.smt.benchmark;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.Parameter;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Draws techniques until each is what it shall be. One that generalizes has a theta in front of its edge that is feasible and
 * worth {@value #LEAST_WORTH} times tau; one that is too weak would be so were every model at its own optimum; one that divides
 * costs more models than may regress more than alpha, at their very optimum.
 */
final class TechniqueDraw {
    static final double LEAST_WORTH = 2;
    private static final int ATTEMPTS = 1000;
    private static final double TRAIT_DEVIATION = 0.012;
    private static final double SHIFT_DEVIATION = 0.06;
    private static final double EDGED_SHARE = 0.6;
    private static final double LARGEST_EDGE = 2;

    private final List<BenchmarkModel> models;
    private final FleetObjective objective;
    private final int clusters;
    private final Random random;

    TechniqueDraw(List<BenchmarkModel> models, FleetObjective objective, int clusters, Random random) {
        this.models = models;
        this.objective = objective;
        this.clusters = clusters;
        this.random = random;
    }

    /** A technique of a kind. */
    BenchmarkTechnique draw(String name, TrueEffect kind) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SearchSpace space = SpaceDraw.draw(name, random);
            BenchmarkTechnique technique =
                    new BenchmarkTechnique(name, kind, new ResponseSurface(space, coefficients(space, kind)));
            if (keepsItsPromise(technique)) {
                return technique;
            }
        }
        throw new IllegalArgumentException("no technique of the kind " + kind.label() + " in " + ATTEMPTS
                + " draws; so many models resist that none generalizes: make their share smaller");
    }

    private boolean keepsItsPromise(BenchmarkTechnique technique) {
        TrueEffects effects = new TrueEffects(technique.surface(), models, objective);
        return switch (technique.kind()) {
            case GENERALIZES -> {
                FleetOutcome before = effects.outcome(BestTheta.beforeTheEdge(technique.surface()));
                yield before.feasible() && before.mu() >= LEAST_WORTH * objective.tau();
            }
            case TOO_WEAK -> effects.bound() < objective.tau();
            case DOES_NOTHING, DIVIDES -> true;
        };
    }

    private SurfaceCoefficients coefficients(SearchSpace space, TrueEffect kind) {
        int parameters = space.parameters().size();
        if (kind == TrueEffect.DOES_NOTHING) {
            return nothing(space);
        }
        boolean edged = kind == TrueEffect.GENERALIZES && random.nextDouble() < EDGED_SHARE;
        double gain = kind == TrueEffect.TOO_WEAK ? between(0.005, 0.025) : between(edged ? 0.3 : 0.15, 0.5);
        double[][] optima = new double[clusters][parameters];
        double[] direction = new double[parameters];
        double[] weights = new double[parameters];
        double[] middle = new double[parameters];
        for (int k = 0; k < parameters; k++) {
            if (costs(space.parameters().get(k)).length == 0) {
                weights[k] = between(0.2, 1);
                direction[k] = between(0.3, 1) * (random.nextBoolean() ? 1 : -1);
                middle[k] = between(0.25, 0.75);
                for (double[] optimum : optima) {
                    optimum[k] = Math.max(0, Math.min(1, middle[k] + SHIFT_DEVIATION * random.nextGaussian()));
                }
            }
        }
        scale(weights, between(4, 9));
        scale(direction, 1);
        double cut = between(0.15, 0.3);
        double[] levels = traits(kind);
        double[] slopes = traits(kind);
        return new SurfaceCoefficients(
                gains(gain, kind, levels, slopes),
                gain * between(1.5, 3),
                weights,
                optima,
                levelCosts(space),
                direction,
                product(direction, middle) - cut,
                between(0.05, 0.1),
                losses(edged, gain),
                levels,
                slopes,
                1);
    }

    private SurfaceCoefficients nothing(SearchSpace space) {
        int parameters = space.parameters().size();
        return new SurfaceCoefficients(
                new double[clusters],
                0,
                new double[parameters],
                new double[clusters][parameters],
                levelCosts(space),
                new double[parameters],
                0,
                1,
                new double[clusters],
                new double[ModelDraw.TRAITS],
                new double[ModelDraw.TRAITS],
                0);
    }

    private double[] gains(double gain, TrueEffect kind, double[] levels, double[] slopes) {
        double[] gains = new double[clusters];
        Arrays.setAll(gains, cluster -> gain * between(0.85, 1.15));
        if (kind == TrueEffect.DIVIDES) {
            // |h| is below 2: the direction's absolute values sum to 1, and the edge lies inside of the unit cube, or
            // nearly.
            double traits = ModelDraw.LARGEST_TRAIT * (absolute(levels) + LARGEST_EDGE * absolute(slopes));
            for (int cluster : minority()) {
                gains[cluster] = -(objective.alpha() + traits + between(0.05, 0.25)) / ModelDraw.LEAST_SENSITIVITY;
            }
        }
        return gains;
    }

    /** Behind the edge some clusters lose so much that the optimum of the others is not feasible. */
    private double[] losses(boolean edged, double gain) {
        double[] losses = new double[clusters];
        if (edged) {
            for (int cluster : minority()) {
                losses[cluster] = 1.15 * gain + between(0.15, 0.3);
            }
        }
        return losses;
    }

    /** Clusters that together have half again as many models that don't resist as may regress, and not all of them. */
    private int[] minority() {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, clusters).boxed().toList());
        Collections.shuffle(order, random);
        double wanted = 1.5 * objective.epsilon() * models.size();
        int taken = 0;
        long members = 0;
        while (members < wanted && taken < order.size()) {
            int cluster = order.get(taken++);
            members += models.stream()
                    .filter(model -> model.cluster() == cluster && !model.resists())
                    .count();
        }
        return order.subList(0, taken).stream().mapToInt(cluster -> cluster).toArray();
    }

    private double[] traits(TrueEffect kind) {
        double deviation = TRAIT_DEVIATION * (kind == TrueEffect.TOO_WEAK ? 0.2 : 1);
        double[] traits = new double[ModelDraw.TRAITS];
        Arrays.setAll(traits, j -> deviation * between(-1.5, 1.5));
        return traits;
    }

    private double[][] levelCosts(SearchSpace space) {
        double[][] costs = new double[space.parameters().size()][];
        Arrays.setAll(costs, k -> costs(space.parameters().get(k)));
        for (double[] of : costs) {
            Arrays.setAll(of, level -> between(0.08, 0.5));
            if (of.length > 0) {
                of[random.nextInt(of.length)] = 0;
            }
        }
        return costs;
    }

    /** A zero per level; none for a number. */
    private static double[] costs(Parameter parameter) {
        if (parameter instanceof Parameter.Categorical categorical) {
            return new double[categorical.levels().size()];
        }
        return new double[parameter instanceof Parameter.Flag ? 2 : 0];
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static double absolute(double[] values) {
        return Arrays.stream(values).map(Math::abs).sum();
    }

    /** Makes the absolute values sum to {@code sum}. */
    private static void scale(double[] values, double sum) {
        double now = absolute(values);
        for (int k = 0; k < values.length; k++) {
            values[k] *= sum / now;
        }
    }

    private static double product(double[] some, double[] others) {
        return IntStream.range(0, some.length)
                .mapToDouble(k -> some[k] * others[k])
                .sum();
    }
}
