package dev.smt.jobs.study;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.TechniqueRemovalRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What it means that models got better or worse without a technique. */
final class RemovalRows {
    /** Of a central 95 percent interval. */
    private static final double ERRORS = 1.96;

    private final String runId;
    private final TemplateVersionRow version;
    private final List<FleetModel> models;
    private final FleetObjective objective;

    /** @param models 1 or more, in the order of the results */
    RemovalRows(String runId, TemplateVersionRow version, List<FleetModel> models, MmoConfiguration mmo) {
        this.runId = runId;
        this.version = version;
        this.models = List.copyOf(models);
        this.objective = StudyModels.objective(models, mmo.alpha(), mmo.epsilon(), mmo.tau());
    }

    TechniqueRemovalRow unknown(String technique, String reason) {
        OptionalDouble none = OptionalDouble.empty();
        return row(technique, none, none, none, none, none, TechniqueRemovalRow.OPEN, Optional.of(reason));
    }

    /** @param results of the template without the technique, in the order of the models */
    TechniqueRemovalRow of(String technique, List<PairedResult> results) {
        Optional<String> failure = results.stream()
                .filter(result -> result.delta().failed())
                .map(result -> result.delta().modelId() + " can't be trained without it: "
                        + result.reason().orElse("no reason"))
                .findFirst();
        FleetOutcome outcome =
                objective.outcome(results.stream().map(PairedResult::delta).toList());
        OptionalDouble flops = Cells.finite(mean(results, PairedResult::flopsRatio));
        OptionalDouble bytes = Cells.finite(mean(results, PairedResult::bytesRatio));
        OptionalDouble rate = OptionalDouble.of(outcome.regressionRate());
        if (failure.isPresent()) {
            OptionalDouble none = OptionalDouble.empty();
            return row(technique, none, none, rate, flops, bytes, TechniqueRemovalRow.KEEP, failure);
        }
        double error = error(results);
        return row(
                technique,
                OptionalDouble.of(outcome.mu()),
                Cells.finite(error),
                rate,
                flops,
                bytes,
                verdict(outcome.mu(), error),
                Optional.empty());
    }

    private String verdict(double mu, double error) {
        if (mu + ERRORS * error < 0) {
            return TechniqueRemovalRow.KEEP;
        }
        return mu - ERRORS * error > -objective.alpha() ? TechniqueRemovalRow.REMOVE : TechniqueRemovalRow.OPEN;
    }

    private double mean(List<PairedResult> results, ToDoubleFunction<PairedResult> what) {
        double sum = 0;
        for (PairedResult result : results) {
            sum += objective.weights().get(result.delta().modelId()) * what.applyAsDouble(result);
        }
        return sum;
    }

    private double error(List<PairedResult> results) {
        double squares = 0;
        for (PairedResult result : results) {
            double share = objective.weights().get(result.delta().modelId());
            squares += Math.pow(share * result.delta().standardError(), 2);
        }
        return Math.sqrt(squares);
    }

    private TechniqueRemovalRow row(
            String technique,
            OptionalDouble mu,
            OptionalDouble muSe,
            OptionalDouble rate,
            OptionalDouble flops,
            OptionalDouble bytes,
            String verdict,
            Optional<String> reason) {
        return new TechniqueRemovalRow(
                runId,
                version.template(),
                version.version(),
                technique,
                models.size(),
                mu,
                muSe,
                rate,
                flops,
                bytes,
                verdict,
                reason);
    }
}
