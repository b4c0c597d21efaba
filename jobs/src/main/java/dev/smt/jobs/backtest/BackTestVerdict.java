package dev.smt.jobs.backtest;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a new template version may be rolled out: its R is at most epsilon, and its mu reaches the gate. The standard
 * error says how sure that is; it does not move the gate.
 *
 * @param outcome of the tested models
 * @param muStandardError of mu, percent NE; NaN where a model failed or has no standard error
 * @param singleGains sum of the single gains of the version's techniques, percent NE
 * @param gainShare the share of them that mu must reach
 * @param epsilon the largest R
 */
public record BackTestVerdict(
        FleetOutcome outcome, double muStandardError, double singleGains, double gainShare, double epsilon) {

    /** The verdict on a version's deltas, one of each of the objective's models. */
    public static BackTestVerdict of(
            FleetObjective objective, List<ModelDelta> deltas, double singleGains, double gainShare) {
        return new BackTestVerdict(
                objective.outcome(deltas),
                muStandardError(objective, deltas),
                singleGains,
                gainShare,
                objective.epsilon());
    }

    /** Of a weighted mean of independent models: the root of the sum of (weight * standard error) squared. */
    private static double muStandardError(FleetObjective objective, List<ModelDelta> deltas) {
        Map<String, Double> errors =
                deltas.stream().collect(Collectors.toMap(ModelDelta::modelId, ModelDelta::standardError));
        double sum = 0;
        for (Map.Entry<String, Double> weight : objective.weights().entrySet()) {
            double part = weight.getValue() * errors.get(weight.getKey());
            sum += part * part;
        }
        return Math.sqrt(sum);
    }

    /** More models regress than may, or a training failed. */
    boolean regresses() {
        return outcome.regressionRate() > epsilon || !outcome.feasible();
    }

    /** Neither of both: it may be rolled out. */
    public boolean passed() {
        return !regresses() && outcome.mu() >= neededMu();
    }

    /** The gate, percent NE. */
    double neededMu() {
        return gainShare * singleGains;
    }

    /** How far mu is above the gate, percent NE; NaN where there is no mu. */
    double margin() {
        return outcome.mu() - neededMu();
    }

    /** The reason, with the numbers. */
    String text() {
        String verdict = passed()
                ? "passed: "
                : regresses() ? "failed, too many models regress: " : "failed, the gains do not add up: ";
        return verdict
                + (Double.isNaN(outcome.mu()) ? "no mu, since a training failed" : muText())
                + String.format(
                        Locale.ROOT,
                        " (gate %+.3f %%: %.2f of the sum of single gains %+.3f %%), R %.2f (allowed %.2f)",
                        neededMu(),
                        gainShare,
                        singleGains,
                        outcome.regressionRate(),
                        epsilon);
    }

    private String muText() {
        String side = margin() >= 0 ? "above" : "below";
        if (Double.isNaN(muStandardError)) {
            return String.format(
                    Locale.ROOT,
                    "mu %+.3f %% (standard error not known), %.3f %% %s the gate",
                    outcome.mu(),
                    Math.abs(margin()),
                    side);
        }
        String errors = muStandardError > 0
                ? String.format(Locale.ROOT, " (%.1f standard errors)", Math.abs(margin()) / muStandardError)
                : "";
        return String.format(
                Locale.ROOT,
                "mu %+.3f %% with a standard error of %.3f %%, %.3f %% %s the gate%s",
                outcome.mu(),
                muStandardError,
                Math.abs(margin()),
                side,
                errors);
    }
}
