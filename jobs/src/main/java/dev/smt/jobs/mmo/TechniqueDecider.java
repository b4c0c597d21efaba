package dev.smt.jobs.mmo;

import dev.smt.bayes.CompleteTrial;
import dev.smt.bayes.ThetaRule;
import dev.smt.bayes.ThetaStar;
import dev.smt.bayes.TrialBelief;
import dev.smt.comparison.Share;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Algorithm 1, lines 15 to 19 (Eq. 5 and 6): theta* and whether the technique is in the generalized set, by the paper's
 * rule and by the posterior; and, around both, the serving capacity. One of them decides, both are kept.
 *
 * @param objective Eq. 2 to 4
 * @param capacity within which a technique is accepted
 * @param rule the one that decides; where there is no surrogate, the paper's does
 */
public record TechniqueDecider(FleetObjective objective, CapacityLimit capacity, ThetaRule rule) {
    /** The reason of a technique that only its serving cost keeps from being accepted. */
    static final String OVER_CAPACITY = "OVER_CAPACITY";

    private static final String NO_FITTING_MODEL = "NO_FITTING_MODEL";
    private static final String NO_SURROGATE = "NO_SURROGATE";

    /** What one rule says. */
    private record Verdict(boolean accepted, String reason, CompletedTrial trial) {}

    static TechniqueDecisionRow noFittingModel(String runId, String studyId, String technique) {
        OptionalDouble none = OptionalDouble.empty();
        return new TechniqueDecisionRow(
                runId,
                studyId,
                technique,
                false,
                NO_FITTING_MODEL,
                Optional.empty(),
                none,
                none,
                none,
                none,
                none,
                none,
                Optional.empty(),
                none,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                none,
                none,
                none);
    }

    /**
     * The decision.
     *
     * @param trials 1 or more
     * @param beliefs of the same trials
     */
    public TechniqueDecisionRow decide(
            String runId, String studyId, Technique technique, List<CompletedTrial> trials, StudyBeliefs beliefs) {
        Verdict paper = verdict(trials, some -> ThetaStar.of(objective, some));
        Optional<Verdict> posterior = beliefs.missing().isPresent()
                ? Optional.empty()
                : Optional.of(verdict(trials, some -> ThetaStar.posterior(objective, some, beliefs.trials())));
        ThetaRule used = posterior.isPresent() ? rule : ThetaRule.PAPER;
        Verdict chosen = used == ThetaRule.PAPER ? paper : posterior.orElseThrow();
        FleetOutcome outcome = chosen.trial().outcome(objective);
        int models = chosen.trial().models().size();
        int regressions = (int) Math.round(outcome.regressionRate() * models);
        // The models that a stopped trial skipped may all regress, or none.
        double low = new Share(regressions, models).interval().low();
        double high = new Share(regressions + chosen.trial().skipped().size(), models)
                .interval()
                .high();
        Optional<TrialBelief> belief =
                posterior.flatMap(verdict -> beliefs.at(verdict.trial().theta()));
        Function<Verdict, String> theta = verdict -> ParameterValuesJson.write(
                technique.searchSpace(), verdict.trial().theta());
        return new TechniqueDecisionRow(
                runId,
                studyId,
                technique.name(),
                chosen.accepted(),
                chosen.reason(),
                Optional.of(theta.apply(chosen)),
                Cells.finite(outcome.mu()),
                OptionalDouble.of(outcome.regressionRate()),
                OptionalDouble.of(low),
                OptionalDouble.of(high),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.of(chosen.trial().flopsRatio()),
                models,
                Optional.of(used.name().toLowerCase(Locale.ROOT)),
                Optional.of(paper.reason()),
                Optional.of(theta.apply(paper)),
                Optional.of(posterior.map(Verdict::reason).orElse(NO_SURROGATE)),
                posterior.map(theta),
                number(belief.map(TrialBelief::mu)),
                number(belief.map(TrialBelief::muDeviation)),
                number(belief.map(TrialBelief::probabilityOfFeasibility)));
    }

    private Verdict verdict(List<CompletedTrial> trials, Function<List<CompleteTrial>, ThetaStar> byRule) {
        List<CompletedTrial> neutral = trials.stream()
                .filter(trial -> capacity.allows(trial.flopsRatio()))
                .toList();
        ThetaStar within = byRule.apply(outcomes(neutral));
        if (within.accepted()) {
            return new Verdict(true, within.reason().name(), best(within, neutral));
        }
        ThetaStar anyCost = byRule.apply(outcomes(trials));
        String reason = anyCost.accepted() ? OVER_CAPACITY : anyCost.reason().name();
        return new Verdict(false, reason, best(anyCost, trials));
    }

    private List<CompleteTrial> outcomes(List<CompletedTrial> trials) {
        return trials.stream()
                .map(trial -> new CompleteTrial(trial.theta(), trial.outcome(objective)))
                .toList();
    }

    private static CompletedTrial best(ThetaStar thetaStar, List<CompletedTrial> trials) {
        ParameterValues theta = thetaStar.trial().orElseThrow().theta();
        return trials.stream()
                .filter(trial -> trial.theta().equals(theta))
                .findFirst()
                .orElseThrow();
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .findFirst();
    }
}
