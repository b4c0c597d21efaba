package dev.smt.metric;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Eq. 2 to 4 of the paper over a fixed set of representative models: regression rate, weighted mean, aggregate.
 *
 * @param alpha regression threshold in percent NE; a model regresses when its delta is strictly below -alpha
 * @param epsilon largest feasible regression rate in [0, 1]; R = epsilon is feasible
 * @param tau smallest aggregate delta of an accepted technique, in percent NE (Algorithm 1, line 17)
 * @param weights weight per model id in the models' order; normalized to sum 1 here
 */
public record FleetObjective(double alpha, double epsilon, double tau, Map<String, Double> weights)
        implements Serializable {
    public static final double DEFAULT_ALPHA = 0.05;
    public static final double DEFAULT_EPSILON = 0.1;
    public static final double DEFAULT_TAU = 0.05;

    public FleetObjective {
        List<String> problems = new ArrayList<>();
        if (!(alpha >= 0) || Double.isInfinite(alpha)) {
            problems.add("alpha is " + alpha + "; allowed: a finite number of at least 0 (percent NE)");
        }
        if (!(epsilon >= 0 && epsilon <= 1)) {
            problems.add("epsilon is " + epsilon + "; allowed: 0 to 1");
        }
        if (!Double.isFinite(tau)) {
            problems.add("tau is " + tau + "; allowed: a finite number (percent NE)");
        }
        double sum = 0;
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            double weight = entry.getValue();
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                problems.add("the weight of model " + entry.getKey() + " is " + weight + "; allowed: 0 or more");
            }
            sum += weight;
        }
        if (!(sum > 0) || Double.isInfinite(sum)) {
            problems.add(
                    "the weights of " + weights.size() + " models sum to " + sum + "; allowed: a finite sum above 0");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Map<String, Double> normalized = new LinkedHashMap<>();
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            normalized.put(entry.getKey(), entry.getValue() / sum);
        }
        weights = Collections.unmodifiableMap(normalized);
    }

    /** The model ids, in order. */
    public List<String> models() {
        return List.copyOf(weights.keySet());
    }

    /** The largest number of regressing models that is still feasible: the largest r with r / n at most epsilon. */
    public int allowedRegressions() {
        int allowed = 0;
        while (allowed < weights.size() && (double) (allowed + 1) / weights.size() <= epsilon) {
            allowed++;
        }
        return allowed;
    }

    /** Whether a finished model regresses (Eq. 2); a failed one always does. */
    public boolean regresses(ModelDelta delta) {
        return delta.failed() || delta.delta() < -alpha;
    }

    /**
     * The outcome of a trial (Eq. 2 to 4). A failed model stays in R's denominator as a regression, and mu is then
     * undefined (NaN): a mean over the models that happened to finish would flatter the trial.
     *
     * @throws IllegalArgumentException when a model is missing, twice there, or not one of the objective's: an
     *     incomplete trial has no outcome
     */
    public FleetOutcome outcome(List<ModelDelta> deltas) {
        Map<String, ModelDelta> byModel = byModel(deltas);
        if (byModel.size() != weights.size()) {
            List<String> missing = new ArrayList<>(weights.keySet());
            missing.removeAll(byModel.keySet());
            throw new IllegalArgumentException("incomplete trial: no result of model " + String.join(", ", missing));
        }
        int regressions = 0;
        boolean anyFailed = false;
        double mu = 0;
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            ModelDelta delta = byModel.get(entry.getKey());
            regressions += regresses(delta) ? 1 : 0;
            anyFailed |= delta.failed();
            mu += delta.failed() ? 0 : entry.getValue() * delta.delta();
        }
        double rate = (double) regressions / weights.size();
        boolean feasible = rate <= epsilon && !anyFailed;
        return new FleetOutcome(anyFailed ? Double.NaN : mu, rate, feasible);
    }

    /**
     * What a trial is worth that was stopped before all models were evaluated: it is not feasible, and has no mu. Its
     * regression rate is that of the known regressions over all models: the trial's own is at least that.
     *
     * @throws IllegalArgumentException when a model is twice there, or not one of the objective's
     */
    public FleetOutcome stopped(List<ModelDelta> deltas) {
        long regressions =
                byModel(deltas).values().stream().filter(this::regresses).count();
        return new FleetOutcome(Double.NaN, (double) regressions / weights.size(), false);
    }

    private Map<String, ModelDelta> byModel(List<ModelDelta> deltas) {
        Map<String, ModelDelta> byModel = new HashMap<>();
        for (ModelDelta delta : deltas) {
            if (!weights.containsKey(delta.modelId()) || byModel.put(delta.modelId(), delta) != null) {
                throw new IllegalArgumentException("model " + delta.modelId() + " is not one of the " + weights.size()
                        + " models, or is twice there");
            }
        }
        return byModel;
    }
}
