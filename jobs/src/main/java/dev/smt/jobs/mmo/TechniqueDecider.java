package dev.smt.jobs.mmo;

import dev.smt.bayes.CompleteTrial;
import dev.smt.bayes.ThetaStar;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Algorithm 1, lines 15 to 19 (Eq. 5 and 6): theta* and whether the technique is in the generalized set; and, around the
 * paper's rule, the serving capacity.
 *
 * @param objective Eq. 2 to 4
 * @param allowOverCapacity accept whatever the serving cost
 * @param capacityTolerance a trial is capacity-neutral when its FLOPs are at most the baseline's times (1 + this)
 */
record TechniqueDecider(FleetObjective objective, boolean allowOverCapacity, double capacityTolerance) {
    private static final double CONFIDENCE = 0.95;
    private static final double ROUNDING = 1e-12;
    private static final String OVER_CAPACITY = "OVER_CAPACITY";
    private static final String NO_FITTING_MODEL = "NO_FITTING_MODEL";

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
                0);
    }

    TechniqueDecisionRow decide(String runId, String studyId, Technique technique, List<CompletedTrial> trials) {
        List<CompletedTrial> neutral = trials.stream()
                .filter(trial -> allowOverCapacity || neutral(trial))
                .toList();
        ThetaStar within = thetaStar(neutral);
        ThetaStar anyCost = thetaStar(trials);
        if (within.accepted()) {
            return row(runId, studyId, technique, true, within.reason().name(), best(within, neutral));
        }
        String reason = anyCost.accepted() ? OVER_CAPACITY : anyCost.reason().name();
        return row(runId, studyId, technique, false, reason, best(anyCost, trials));
    }

    private boolean neutral(CompletedTrial trial) {
        // The ratio is a mean over the models: rounding alone must not make a technique too expensive.
        return trial.flopsRatio() <= (1 + capacityTolerance) * (1 + ROUNDING);
    }

    private ThetaStar thetaStar(List<CompletedTrial> trials) {
        return ThetaStar.of(
                objective,
                trials.stream()
                        .map(trial -> new CompleteTrial(trial.theta(), trial.outcome(objective)))
                        .toList());
    }

    private static CompletedTrial best(ThetaStar thetaStar, List<CompletedTrial> trials) {
        ParameterValues theta = thetaStar.trial().orElseThrow().theta();
        return trials.stream()
                .filter(trial -> trial.theta().equals(theta))
                .findFirst()
                .orElseThrow();
    }

    private TechniqueDecisionRow row(
            String runId, String studyId, Technique technique, boolean accepted, String reason, CompletedTrial trial) {
        FleetOutcome outcome = trial.outcome(objective);
        int models = trial.deltas().size();
        int regressions = (int) Math.round(outcome.regressionRate() * models);
        return new TechniqueDecisionRow(
                runId,
                studyId,
                technique.name(),
                accepted,
                reason,
                Optional.of(ParameterValuesJson.write(technique.searchSpace(), trial.theta())),
                Double.isFinite(outcome.mu()) ? OptionalDouble.of(outcome.mu()) : OptionalDouble.empty(),
                OptionalDouble.of(outcome.regressionRate()),
                bound(models, regressions, false),
                bound(models, regressions, true),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.of(trial.flopsRatio()),
                models);
    }

    /** Clopper and Pearson's exact interval, by quantiles of the beta distribution. */
    private static OptionalDouble bound(int models, int regressions, boolean upper) {
        double tail = (1 - CONFIDENCE) / 2;
        if (upper) {
            return OptionalDouble.of(
                    regressions == models
                            ? 1
                            : new BetaDistribution(null, regressions + 1.0, models - regressions)
                                    .inverseCumulativeProbability(1 - tail));
        }
        return OptionalDouble.of(
                regressions == 0
                        ? 0
                        : new BetaDistribution(null, regressions, models - regressions + 1.0)
                                .inverseCumulativeProbability(tail));
    }
}
