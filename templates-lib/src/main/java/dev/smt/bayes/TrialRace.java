package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One trial that is evaluated model by model, and stopped when the rest can't matter.
 *
 * <p>Always certain: more than epsilon times n models regressed, or a model failed. The trial's aggregate is then minus
 * infinity whatever the other models say (Eq. 4): no trial is called infeasible that a full evaluation would not.
 *
 * <p>By a {@link MuBound} besides: mu can't become large enough to matter, unless a model that was not evaluated yet does
 * better than ever. That is a bet on the past, not a certainty: such a trial may be feasible, and may have been the best.
 *
 * <p>Not safe for several threads.
 */
public final class TrialRace {
    private final FleetObjective objective;
    private final List<String> order;
    private final Optional<MuBound> bound;
    private final Map<String, ModelDelta> results = new LinkedHashMap<>();
    private int handedOut;

    /** Why the rest of a trial need not be evaluated. */
    public enum Reason {
        /** More models regressed than epsilon allows. */
        TOO_MANY_REGRESSIONS,
        /** The training of a model failed. */
        MODEL_FAILED,
        /** mu stays below the bound's least, if no model does better than before. */
        MU_OUT_OF_REACH
    }

    /**
     * When mu is out of reach.
     *
     * @param largest for each model the largest delta it showed in the earlier trials, in percent NE: what it is taken to
     *     reach at most in this one; a model that is not there is taken to reach any
     * @param least the smallest mu that would matter, in percent NE
     */
    public record MuBound(Map<String, Double> largest, double least) {
        public MuBound {
            largest = Map.copyOf(largest);
            if (Double.isNaN(least)) {
                throw new IllegalArgumentException("least is " + least + "; allowed: a number (percent NE)");
            }
        }
    }

    /**
     * A race of which nothing is known yet.
     *
     * @param order all models of the objective, in the order in which to evaluate them
     * @param bound besides what is certain; empty: only what is certain stops the trial
     * @throws IllegalArgumentException when the order is not one of the objective's models
     */
    public TrialRace(FleetObjective objective, List<String> order, Optional<MuBound> bound) {
        Set<String> models = new HashSet<>(order);
        if (models.size() != order.size() || !models.equals(objective.weights().keySet())) {
            throw new IllegalArgumentException(
                    "the order is " + order + "; expected each of the models " + objective.models() + " once");
        }
        this.objective = objective;
        this.order = List.copyOf(order);
        this.bound = bound;
    }

    /** The smallest number of models after which a trial can be decided by regressions alone. */
    public static int wave(FleetObjective objective) {
        return objective.allowedRegressions() + 1;
    }

    /**
     * The next models to evaluate, at most {@code count}; none when the trial is decided or all were handed out.
     *
     * @param count 1 or more
     */
    public List<String> next(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; allowed: 1 or more");
        }
        if (decided().isPresent()) {
            return List.of();
        }
        int end = Math.min(order.size(), handedOut + count);
        List<String> wave = order.subList(handedOut, end);
        handedOut = end;
        return wave;
    }

    /** @throws IllegalArgumentException when the model was not handed out, or its result is there already */
    public void add(ModelDelta result) {
        if (!order.subList(0, handedOut).contains(result.modelId())
                || results.putIfAbsent(result.modelId(), result) != null) {
            throw new IllegalArgumentException("model " + result.modelId() + " was not asked for, or is twice there");
        }
    }

    /** The results so far, in the order in which they came. */
    public List<ModelDelta> results() {
        return new ArrayList<>(results.values());
    }

    /** Why no other model need be evaluated; empty while the trial is open, and when all models were evaluated. */
    public Optional<Reason> decided() {
        if (results.size() == order.size()) {
            return Optional.empty();
        }
        if (results.values().stream().anyMatch(ModelDelta::failed)) {
            return Optional.of(Reason.MODEL_FAILED);
        }
        long regressions =
                results.values().stream().filter(objective::regresses).count();
        if (regressions > objective.allowedRegressions()) {
            return Optional.of(Reason.TOO_MANY_REGRESSIONS);
        }
        return bound.filter(this::outOfReach).map(reached -> Reason.MU_OUT_OF_REACH);
    }

    /** The models that are not evaluated, because the trial is decided; in their order. */
    public List<String> skipped() {
        return decided().isEmpty()
                ? List.of()
                : order.stream().filter(model -> !results.containsKey(model)).toList();
    }

    private boolean outOfReach(MuBound against) {
        double mu = 0;
        for (Map.Entry<String, Double> weight : objective.weights().entrySet()) {
            ModelDelta known = results.get(weight.getKey());
            double delta = known != null
                    ? known.delta()
                    : against.largest().getOrDefault(weight.getKey(), Double.POSITIVE_INFINITY);
            mu += weight.getValue() > 0 ? weight.getValue() * delta : 0;
        }
        return mu < against.least();
    }
}
