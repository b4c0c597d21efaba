package dev.smt.jobs.mmo;

import dev.smt.bayes.ThetaStar;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValuesJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;

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

    TechniqueDecisionRow decide(String runId, String studyId, String technique, List<CompletedTrial> trials) {
        List<CompletedTrial> neutral = trials.stream()
                .filter(trial -> allowOverCapacity || neutral(trial))
                .toList();
        ThetaStar.Decision within = decision(neutral);
        ThetaStar.Decision anyCost = decision(trials);
        boolean accepted = !neutral.isEmpty() && within.accepted();
        if (!accepted && anyCost.accepted()) {
            return row(runId, studyId, technique, false, OVER_CAPACITY, trials.get(anyCost.index()));
        }
        CompletedTrial best = accepted ? neutral.get(within.index()) : trials.get(anyCost.index());
        return row(
                runId,
                studyId,
                technique,
                accepted,
                (accepted ? within : anyCost).reason().name(),
                best);
    }

    private boolean neutral(CompletedTrial trial) {
        // The ratio is a mean over the models: rounding alone must not make a technique too expensive.
        return trial.flopsRatio() <= (1 + capacityTolerance) * (1 + ROUNDING);
    }

    private ThetaStar.Decision decision(List<CompletedTrial> trials) {
        return ThetaStar.decide(
                trials.stream().map(trial -> trial.outcome(objective)).toList(), objective.tau());
    }

    private TechniqueDecisionRow row(
            String runId, String studyId, String technique, boolean accepted, String reason, CompletedTrial trial) {
        FleetOutcome outcome = trial.outcome(objective);
        int models = trial.deltas().size();
        ConfidenceInterval rate = interval(models, (int) Math.round(outcome.regressionRate() * models));
        return new TechniqueDecisionRow(
                runId,
                studyId,
                technique,
                accepted,
                reason,
                Optional.of(ParameterValuesJson.write(trial.theta())),
                Double.isFinite(outcome.mu()) ? OptionalDouble.of(outcome.mu()) : OptionalDouble.empty(),
                OptionalDouble.of(outcome.regressionRate()),
                OptionalDouble.of(rate.getLowerBound()),
                OptionalDouble.of(rate.getUpperBound()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.of(trial.flopsRatio()),
                models);
    }

    private static ConfidenceInterval interval(int models, int regressions) {
        return new ClopperPearsonInterval().createInterval(models, regressions, CONFIDENCE);
    }
}
