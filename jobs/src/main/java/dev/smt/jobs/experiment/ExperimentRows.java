package dev.smt.jobs.experiment;

import dev.smt.experiment.ArmFinding;
import dev.smt.experiment.ControlledExperiment;
import dev.smt.experiment.Estimate;
import dev.smt.experiment.Estimator;
import dev.smt.experiment.Finding;
import dev.smt.experiment.Interval;
import dev.smt.experiment.Lift;
import dev.smt.experiment.OffPolicyEvaluation;
import dev.smt.experiment.PolicyValue;
import dev.smt.jobs.table.ExperimentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Results as rows of the table {@code experiments}. */
public final class ExperimentRows {
    /** The estimator of the plain lift. */
    public static final String WELCH = "welch";
    /** The estimator of the lift without what the covariate explains. */
    public static final String CUPED = "cuped";

    static final String TARGET = "target policy";
    static final String LOGGING = "logging policy";

    private final String runId;
    private final String input;
    private final String metric;

    /**
     * Rows of one run.
     *
     * @param input the table that was read
     * @param metric as it was asked for
     */
    public ExperimentRows(String runId, String input, String metric) {
        this.runId = runId;
        this.input = input;
        this.metric = metric;
    }

    /** A row per experiment, arm and estimator. */
    public List<ExperimentRow> controlled(List<ControlledResult> results) {
        List<ExperimentRow> rows = new ArrayList<>();
        for (ControlledResult result : results) {
            for (ArmFinding finding : result.evaluation().findings()) {
                rows.add(row(result, finding, WELCH, finding.plain()));
                finding.adjusted().ifPresent(lift -> rows.add(row(result, finding, CUPED, lift)));
            }
        }
        return rows;
    }

    /** A row per log and estimator. */
    public List<ExperimentRow> logged(List<LoggedResult> results, double level) {
        List<ExperimentRow> rows = new ArrayList<>();
        for (LoggedResult result : results) {
            result.evaluation().values().forEach(value -> rows.add(row(result, value, level)));
        }
        return rows;
    }

    private ExperimentRow row(ControlledResult result, ArmFinding found, String estimator, Lift lift) {
        ControlledExperiment experiment = result.evaluation();
        double level = found.level();
        Interval mean = lift.treatment().interval(level);
        Interval difference = lift.difference().interval(level);
        Optional<Estimate> percent = lift.relative().map(ratio -> ratio.times(100));
        Double offline = result.offline().get(found.arm().name());
        boolean cuped = estimator.equals(CUPED);
        return new ExperimentRow(
                runId,
                result.experiment(),
                found.arm().name(),
                experiment.control().name(),
                metric,
                estimator,
                cuped || found.adjusted().isEmpty(),
                found.arm().units(),
                experiment.control().units(),
                lift.treatment().value(),
                mean.low(),
                mean.high(),
                lift.control().value(),
                lift.difference().value(),
                difference.low(),
                difference.high(),
                value(percent),
                low(percent, level),
                high(percent, level),
                level,
                lift.difference().pValue(),
                lift.difference().smallestEffect(level, ArmFinding.POWER),
                cuped
                        ? found.varianceReduction()
                                .map(share -> OptionalDouble.of(100 * share))
                                .orElse(OptionalDouble.empty())
                        : OptionalDouble.empty(),
                OptionalDouble.of(experiment.sampleRatio().pValue()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                offline == null ? OptionalDouble.empty() : OptionalDouble.of(offline),
                found.finding().verdict().label(),
                reason(found.finding(), List.of()),
                input);
    }

    private ExperimentRow row(LoggedResult result, PolicyValue value, double level) {
        OffPolicyEvaluation evaluation = result.evaluation();
        Interval mean = value.value().interval(level);
        Interval difference = value.difference().interval(level);
        Optional<Estimate> percent = value.relative().map(ratio -> ratio.times(100));
        long units = evaluation.sample().units().count();
        return new ExperimentRow(
                runId,
                result.experiment(),
                TARGET,
                LOGGING,
                metric,
                value.estimator().label(),
                value == evaluation.decisive(),
                units,
                units,
                value.value().value(),
                mean.low(),
                mean.high(),
                evaluation.logged().value(),
                value.difference().value(),
                difference.low(),
                difference.high(),
                value(percent),
                low(percent, level),
                high(percent, level),
                level,
                value.difference().pValue(),
                value.difference().smallestEffect(level, ArmFinding.POWER),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(evaluation.effectiveSampleSize()),
                OptionalDouble.of(evaluation.effectiveRewards()),
                OptionalDouble.of(evaluation.sample().sums().largestWeight()),
                OptionalDouble.of(evaluation.meanWeight().value()),
                value.estimator() == Estimator.DM ? OptionalDouble.empty() : OptionalDouble.of(value.clippingBias()),
                result.offline(),
                evaluation.finding().verdict().label(),
                reason(evaluation.finding(), result.unweighed()),
                input);
    }

    private static Optional<String> reason(Finding finding, List<String> unweighed) {
        if (finding.reasons().isEmpty()) {
            return Optional.empty();
        }
        String more = unweighed.isEmpty() ? "" : "; actions without propensity: " + String.join(", ", unweighed);
        return Optional.of(String.join("; ", finding.reasons()) + more);
    }

    private static OptionalDouble value(Optional<Estimate> estimate) {
        return estimate.isPresent() ? OptionalDouble.of(estimate.get().value()) : OptionalDouble.empty();
    }

    private static OptionalDouble low(Optional<Estimate> estimate, double level) {
        return estimate.isPresent()
                ? OptionalDouble.of(estimate.get().interval(level).low())
                : OptionalDouble.empty();
    }

    private static OptionalDouble high(Optional<Estimate> estimate, double level) {
        return estimate.isPresent()
                ? OptionalDouble.of(estimate.get().interval(level).high())
                : OptionalDouble.empty();
    }
}
