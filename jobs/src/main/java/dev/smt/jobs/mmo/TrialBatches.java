package dev.smt.jobs.mmo;

import dev.smt.bayes.Suggestion;
import dev.smt.bayes.TrialRace;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.LogIds;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValuesJson;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;

/**
 * Evaluates batches of thetas of one technique on its models, on the validation rows, and keeps them in the ledger. The
 * trials of a batch go together, wave by wave, each until its race is decided.
 */
final class TrialBatches implements TechniqueSearch.Evaluator {
    private final TechniqueWork work;
    private final Map<String, Baseline> baselines;
    private final Progress.Counter progress;

    /**
     * Batches of a technique.
     *
     * @param progress of the trainings of all techniques
     */
    TrialBatches(TechniqueWork work, Map<String, Baseline> baselines, Progress.Counter progress) {
        this.work = work;
        this.baselines = baselines;
        this.progress = progress;
    }

    @Override
    public List<CompletedTrial> evaluate(int firstNumber, List<PlannedTrial> batch, double suggestSeconds) {
        List<Map<String, PairedResult>> results = new ArrayList<>();
        batch.forEach(planned -> results.add(new HashMap<>()));
        describe(firstNumber, firstNumber + batch.size() - 1);
        while (wave(batch, results)) {
            // The next wave follows from the results of this one.
        }
        batch.forEach(planned -> progress.add(planned.race().skipped().size()));
        return commit(firstNumber, batch, results, suggestSeconds);
    }

    /** For Spark's pages and for the logs. */
    private void describe(int firstNumber, int lastNumber) {
        SparkContext spark = work.context().spark().sparkContext();
        String study = work.ledger().studyId();
        String technique = work.technique().name();
        spark.setJobDescription("study " + study + ", " + technique + ", trials " + firstNumber + " to " + lastNumber);
        LogIds.set(spark, Map.of("study", study, "technique", technique, "trials", firstNumber + "-" + lastNumber));
    }

    /** Trains the next models of every trial of the batch together; false when there are none. */
    private boolean wave(List<PlannedTrial> batch, List<Map<String, PairedResult>> results) {
        List<PairedTrial> pairs = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            PlannedTrial planned = batch.get(i);
            Function<FleetModel, Template> applied =
                    work.applied(planned.suggestion().theta());
            for (String id : planned.race().next(planned.wave())) {
                FleetModel model = model(id);
                pairs.add(work.pair(
                        model,
                        applied.apply(model),
                        baselines.get(id),
                        work.configuration().seed()));
                owners.add(i);
            }
        }
        if (pairs.isEmpty()) {
            return false;
        }
        List<PairedResult> ofWave = work.trials().evaluate(pairs, Split.VALIDATION, () -> progress.add(1));
        for (int j = 0; j < ofWave.size(); j++) {
            PairedResult result = ofWave.get(j);
            batch.get(owners.get(j)).race().add(result.delta());
            results.get(owners.get(j)).put(result.delta().modelId(), result);
        }
        return true;
    }

    private PairedTrial pair(PlannedTrial planned, FleetModel model) {
        return work.pair(
                model,
                planned.suggestion().theta(),
                baselines.get(model.id()),
                work.configuration().seed());
    }

    private FleetModel model(String id) {
        return work.models().stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<CompletedTrial> commit(
            int firstNumber, List<PlannedTrial> batch, List<Map<String, PairedResult>> results, double suggestSeconds) {
        FleetObjective objective = work.objective();
        List<CompletedTrial> completed = new ArrayList<>();
        List<TrialRow> rows = new ArrayList<>();
        List<TrialModelRow> modelRows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            PlannedTrial planned = batch.get(i);
            List<TrialModelRow> ofTrial = modelRows(firstNumber + i, planned, results.get(i));
            Map<String, PairedResult> evaluated = results.get(i);
            CompletedTrial trial = new CompletedTrial(
                    firstNumber + i,
                    planned.suggestion().theta(),
                    work.models().stream()
                            .filter(model -> evaluated.containsKey(model.id()))
                            .map(model -> evaluated.get(model.id()).delta())
                            .toList(),
                    planned.race().skipped().stream().sorted().toList(),
                    weighted(objective, ofTrial, TrialModelRow::flopsRatio));
            completed.add(trial);
            double bytesRatio = weighted(objective, ofTrial, TrialModelRow::bytesRatio);
            rows.add(row(trial, planned.suggestion(), objective, suggestSeconds, bytesRatio));
            modelRows.addAll(ofTrial);
        }
        work.commits().add(rows, modelRows);
        return completed;
    }

    private List<TrialModelRow> modelRows(int number, PlannedTrial planned, Map<String, PairedResult> results) {
        String why = planned.race().decided().map(TrialBatches::text).orElse("");
        return work.models().stream()
                .map(model -> results.containsKey(model.id())
                        ? TrialModelRows.of(
                                work.runId(),
                                work.ledger().studyId(),
                                work.technique().name(),
                                number,
                                results.get(model.id()))
                        : TrialModelRows.skipped(
                                work.runId(),
                                work.ledger().studyId(),
                                work.technique().name(),
                                number,
                                model.id(),
                                why,
                                work.trials().cost(pair(planned, model))))
                .toList();
    }

    private static String text(TrialRace.Reason reason) {
        return switch (reason) {
            case TOO_MANY_REGRESSIONS -> "more models regressed than epsilon allows: the trial is infeasible for certain";
            case MODEL_FAILED -> "another model failed: the trial is infeasible for certain";
            case MU_OUT_OF_REACH -> "mu stays below tau, or below the best, unless a model does better than before";
        };
    }

    /** The weighted mean over all models of a ratio. */
    private static double weighted(
            FleetObjective objective, List<TrialModelRow> rows, ToDoubleFunction<TrialModelRow> ratio) {
        return rows.stream()
                .mapToDouble(row -> objective.weights().get(row.modelId()) * ratio.applyAsDouble(row))
                .sum();
    }

    private TrialRow row(
            CompletedTrial trial,
            Suggestion suggestion,
            FleetObjective objective,
            double suggestSeconds,
            double bytesRatio) {
        FleetOutcome outcome = trial.outcome(objective);
        int failed =
                (int) trial.deltas().stream().filter(delta -> delta.failed()).count();
        return new TrialRow(
                work.runId(),
                work.ledger().studyId(),
                work.technique().name(),
                trial.number(),
                ParameterValuesJson.write(work.technique().searchSpace(), trial.theta()),
                work.configuration().seed(),
                failed == 0 && !trial.stopped() ? OptionalDouble.of(outcome.mu()) : OptionalDouble.empty(),
                outcome.regressionRate(),
                outcome.feasible() ? OptionalDouble.of(outcome.aggregate()) : OptionalDouble.empty(),
                outcome.feasible(),
                trial.deltas().size() - failed,
                failed,
                trial.skipped().size(),
                suggestion.suggestedBy(),
                suggestSeconds,
                trial.flopsRatio(),
                OptionalDouble.of(bytesRatio),
                OptionalDouble.of(1 + work.capacityTolerance()),
                OptionalDouble.of(work.trials().sample().share()));
    }
}
