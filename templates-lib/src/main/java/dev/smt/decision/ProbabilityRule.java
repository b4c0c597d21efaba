package dev.smt.decision;

import dev.smt.metric.FleetObjective;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Decides on a technique by probability: accepted where R is at most epsilon and mu at least tau with a probability of
 * at least {@code sure}, rejected where that probability is at most 1 - {@code sure}, else open. Eq. 2 and 6 of the paper
 * ask the same of the observed numbers.
 *
 * <p>A theta* was chosen among many, so its own deltas flatter it: without fresh replicates nothing is accepted, but what
 * even the flattering numbers speak against is rejected.
 *
 * @param objective alpha, epsilon, tau, and the models
 * @param sure a probability above one half
 */
public record ProbabilityRule(FleetObjective objective, double sure) {
    /** The usual certainty. */
    public static final double SURE = 0.95;

    public ProbabilityRule {
        if (!(sure > 0.5 && sure < 1)) {
            throw new IllegalArgumentException("sure is " + sure + "; allowed: above 0.5 and below 1");
        }
    }

    /**
     * What the replicates say.
     *
     * @param models one per model of the objective, in any order
     * @throws IllegalArgumentException when a model is missing, twice there, or not one of the objective's
     */
    public Evidence evidence(List<ModelReplicates> models) {
        List<ModelReplicates> ordered = ordered(models);
        int replicates =
                ordered.stream().mapToInt(model -> model.fresh().size()).min().orElseThrow();
        List<String> failed = ordered.stream()
                .filter(ModelReplicates::failed)
                .map(ModelReplicates::modelId)
                .toList();
        if (!failed.isEmpty()) {
            return unknown(Verdict.REJECTED, replicates, "the training of " + String.join(", ", failed) + " failed");
        }
        List<EffectEstimate> estimates = EffectEstimates.of(ordered);
        if (estimates.isEmpty()) {
            return unknown(
                    Verdict.OPEN,
                    replicates,
                    "no delta has a standard error: the evaluation rows need more than one unit per model");
        }
        FleetEffects effects = new FleetEffects(objective, estimates);
        return new Evidence(
                verdict(effects.acceptance(), replicates),
                effects.acceptance(),
                effects.feasibility(),
                Optional.of(effects.mu()),
                Optional.of(effects.regressionRate()),
                Optional.of(effects.nextRegression()),
                effects.regressions(),
                estimates,
                replicates,
                Optional.empty());
    }

    /** What would make an open verdict clear, in words; empty where it is clear. */
    public Optional<String> toClose(Evidence evidence) {
        if (evidence.verdict() != Verdict.OPEN || evidence.estimates().isEmpty()) {
            return evidence.without();
        }
        return Optional.of(new ClosingAdvice(this, evidence.estimates(), evidence.replicates()).text());
    }

    /** The number of fresh replicates per model that would make it clear if the means stay; empty: no number would. */
    public OptionalInt replicatesToClose(Evidence evidence, int most) {
        return new ClosingAdvice(this, evidence.estimates(), evidence.replicates()).replicates(most);
    }

    Verdict verdict(double acceptance, int replicates) {
        if (acceptance <= 1 - sure) {
            return Verdict.REJECTED;
        }
        return acceptance >= sure && replicates > 0 ? Verdict.ACCEPTED : Verdict.OPEN;
    }

    private static Evidence unknown(Verdict verdict, int replicates, String why) {
        double acceptance = verdict == Verdict.REJECTED ? 0 : Double.NaN;
        return new Evidence(
                verdict,
                acceptance,
                acceptance,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                replicates,
                Optional.of(why));
    }

    private List<ModelReplicates> ordered(List<ModelReplicates> models) {
        Map<String, List<ModelReplicates>> byId =
                models.stream().collect(Collectors.groupingBy(ModelReplicates::modelId));
        if (byId.size() != models.size()
                || !byId.keySet().equals(objective.weights().keySet())) {
            throw new IllegalArgumentException(
                    "replicates of " + byId.keySet() + "; expected of each of " + objective.models() + " once");
        }
        return objective.models().stream().map(id -> byId.get(id).get(0)).toList();
    }
}
