package dev.smt.decision;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Decides on a technique by probability: accepted where R is at most epsilon and mu at least tau with a probability that
 * is large enough, rejected where that of the contrary is, else open. Eq. 2 and 6 of the paper ask the same of the observed
 * numbers. What is large enough at each look is in {@link Looks}: {@code sure} where there is one look, and so much more
 * where there are several that all of them together are as sure.
 *
 * <p>A theta* was chosen among many, so its own deltas flatter it: without fresh replicates nothing is accepted, but what
 * even the flattering numbers speak against is rejected.
 *
 * @param objective alpha, epsilon, tau, and the models
 * @param sure a probability above one half, of all looks together
 */
public record ProbabilityRule(FleetObjective objective, double sure) {
    /** The usual certainty. */
    public static final double SURE = 0.95;

    /** From so many replicates on the means are good enough to give up by. */
    private static final int TRUSTED = 2;

    public ProbabilityRule {
        if (!(sure > 0.5 && sure < 1)) {
            throw new IllegalArgumentException("sure is " + sure + "; allowed: above 0.5 and below 1");
        }
    }

    /**
     * What the replicates say when they are looked at once.
     *
     * @param models one per model of the objective, in any order
     * @throws IllegalArgumentException when a model is missing, twice there, or not one of the objective's
     */
    public Evidence evidence(List<ModelReplicates> models) {
        return evidence(models, Looks.once(sure));
    }

    private Evidence evidence(List<ModelReplicates> models, Looks looks) {
        List<ModelReplicates> ordered = ordered(models);
        int replicates =
                ordered.stream().mapToInt(model -> model.fresh().size()).min().orElseThrow();
        List<String> failed = ordered.stream()
                .filter(ModelReplicates::failed)
                .map(ModelReplicates::modelId)
                .toList();
        if (!failed.isEmpty()) {
            return unknown(
                    Verdict.REJECTED, replicates, looks, "the training of " + String.join(", ", failed) + " failed");
        }
        List<EffectEstimate> estimates = EffectEstimates.of(ordered);
        if (estimates.isEmpty()) {
            return unknown(
                    Verdict.OPEN,
                    replicates,
                    looks,
                    "no delta has a standard error: the evaluation rows need more than one unit per model");
        }
        FleetEffects effects = new FleetEffects(objective, estimates);
        return new Evidence(
                verdict(effects.acceptance(), replicates, looks),
                effects.acceptance(),
                effects.feasibility(),
                Optional.of(effects.mu()),
                Optional.of(effects.regressionRate()),
                Optional.of(effects.nextRegression()),
                effects.regressions(),
                estimates,
                replicates,
                looks,
                Optional.empty());
    }

    /**
     * Decides with as few fresh replicates as it takes: one of all models after the other, until the verdict is clear,
     * {@code most} are there, or, from {@value #TRUSTED} on, no number of them up to {@code most} would help if the means
     * stay.
     *
     * @param search the deltas that chose theta*, one per model
     * @param most fresh replicates, 0 or more
     * @param fresh the deltas of a replicate, one per model, by its number from 1
     */
    public Evidence decide(List<ModelDelta> search, int most, IntFunction<List<ModelDelta>> fresh) {
        return decide(search, most, Looks.each(most, sure), fresh);
    }

    /**
     * The same with some replicates at least, also where the verdict is clear before.
     *
     * @param least fresh replicates, 0 to most
     */
    public Evidence decide(List<ModelDelta> search, int least, int most, IntFunction<List<ModelDelta>> fresh) {
        return decide(search, least, most, Looks.each(most, sure), fresh);
    }

    Evidence decide(List<ModelDelta> search, int most, Looks looks, IntFunction<List<ModelDelta>> fresh) {
        return decide(search, 0, most, looks, fresh);
    }

    private Evidence decide(
            List<ModelDelta> search, int least, int most, Looks looks, IntFunction<List<ModelDelta>> fresh) {
        List<Map<String, ModelDelta>> replicates = new ArrayList<>();
        Evidence evidence = evidence(models(search, replicates), looks);
        while (replicates.size() < least
                || evidence.verdict() == Verdict.OPEN && replicates.size() < most && !hopeless(evidence, most)) {
            replicates.add(byModel(fresh.apply(replicates.size() + 1)));
            evidence = evidence(models(search, replicates), looks);
        }
        return evidence;
    }

    private boolean hopeless(Evidence evidence, int most) {
        return evidence.replicates() >= TRUSTED
                && replicatesToClose(evidence, most).isEmpty();
    }

    private static List<ModelReplicates> models(List<ModelDelta> search, List<Map<String, ModelDelta>> replicates) {
        return search.stream()
                .map(delta -> new ModelReplicates(
                        delta.modelId(),
                        Optional.of(delta),
                        replicates.stream().map(of -> of.get(delta.modelId())).toList()))
                .toList();
    }

    private static Map<String, ModelDelta> byModel(List<ModelDelta> deltas) {
        return deltas.stream().collect(Collectors.toMap(ModelDelta::modelId, Function.identity()));
    }

    /** What would make an open verdict clear, in words; empty where it is clear. */
    public Optional<String> toClose(Evidence evidence) {
        if (evidence.verdict() != Verdict.OPEN || evidence.estimates().isEmpty()) {
            return evidence.without();
        }
        return Optional.of(new ClosingAdvice(this, evidence).text());
    }

    /**
     * The number of fresh replicates per model that would make it clear if the means stay; empty: no number would. Beyond
     * those that the evidence's looks allow, it is as sure as a decision must be that allows so many.
     */
    public OptionalInt replicatesToClose(Evidence evidence, int most) {
        return new ClosingAdvice(this, evidence).replicates(most);
    }

    static Verdict verdict(double acceptance, int replicates, Looks looks) {
        double enough = looks.certainty(replicates);
        if (acceptance <= 1 - enough) {
            return Verdict.REJECTED;
        }
        return acceptance >= enough && replicates > 0 ? Verdict.ACCEPTED : Verdict.OPEN;
    }

    private static Evidence unknown(Verdict verdict, int replicates, Looks looks, String why) {
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
                looks,
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
