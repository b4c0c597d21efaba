package dev.smt.jobs.mmo;

import dev.smt.bayes.Suggestion;
import dev.smt.bayes.TrialRace;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Evaluates batches of thetas of one technique on its models, on the validation rows, and keeps them in the ledger. The
 * trials of a batch go together, wave by wave, each until its race is decided.
 */
final class TrialBatches implements TechniqueSearch.Evaluator {
    private final RunContext context;
    private final String runId;
    private final Technique technique;
    private final List<FleetModel> models;
    private final StudyModels study;
    private final PublishedTemplates templates;
    private final Map<String, Baseline> baselines;
    private final TrialLedger ledger;
    private final PairedTrials trials;
    private final MmoConfiguration configuration;

    TrialBatches(
            RunContext context,
            String runId,
            Technique technique,
            List<FleetModel> models,
            StudyModels study,
            PublishedTemplates templates,
            Map<String, Baseline> baselines,
            TrialLedger ledger,
            PairedTrials trials,
            MmoConfiguration configuration) {
        this.context = context;
        this.runId = runId;
        this.technique = technique;
        this.models = models;
        this.study = study;
        this.templates = templates;
        this.baselines = baselines;
        this.ledger = ledger;
        this.trials = trials;
        this.configuration = configuration;
    }

    /** The largest tolerance of the models' templates. */
    double capacityTolerance() {
        return models.stream()
                .mapToDouble(model -> base(model).serving().capacityTolerance())
                .max()
                .orElse(0);
    }

    @Override
    public List<CompletedTrial> evaluate(int firstNumber, List<PlannedTrial> batch, double suggestSeconds) {
        List<Map<String, PairedResult>> results = new ArrayList<>();
        batch.forEach(planned -> results.add(new HashMap<>()));
        String what = technique.name() + " trainings (trials " + firstNumber + " to " + (firstNumber + batch.size() - 1)
                + ")";
        try (Progress.Counter counter = context.progress().count(what, (long) batch.size() * models.size())) {
            while (wave(batch, results, counter)) {
                // The next wave follows from the results of this one.
            }
        }
        return commit(firstNumber, batch, results, suggestSeconds);
    }

    /** Trains the next models of every trial of the batch together; false when there are none. */
    private boolean wave(List<PlannedTrial> batch, List<Map<String, PairedResult>> results, Progress.Counter counter) {
        List<PairedTrial> pairs = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            PlannedTrial planned = batch.get(i);
            for (String id : planned.race().next(planned.wave())) {
                pairs.add(pair(planned, model(id)));
                owners.add(i);
            }
        }
        if (pairs.isEmpty()) {
            return false;
        }
        List<PairedResult> ofWave = trials.evaluate(pairs, Split.VALIDATION, () -> counter.add(1));
        for (int j = 0; j < ofWave.size(); j++) {
            PairedResult result = ofWave.get(j);
            batch.get(owners.get(j)).race().add(result.delta());
            results.get(owners.get(j)).put(result.delta().modelId(), result);
        }
        return true;
    }

    private PairedTrial pair(PlannedTrial planned, FleetModel model) {
        return new PairedTrial(
                model,
                technique.apply(base(model), planned.suggestion().theta()),
                baselines.get(model.id()),
                Seeds.training(configuration.seed(), model.id(), 0));
    }

    private FleetModel model(String id) {
        return models.stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<CompletedTrial> commit(
            int firstNumber, List<PlannedTrial> batch, List<Map<String, PairedResult>> results, double suggestSeconds) {
        FleetObjective objective =
                StudyModels.objective(models, configuration.alpha(), configuration.epsilon(), configuration.tau());
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
                    models.stream()
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
        ledger.commit(technique.name(), rows, modelRows);
        return completed;
    }

    private List<TrialModelRow> modelRows(int number, PlannedTrial planned, Map<String, PairedResult> results) {
        String why = planned.race().decided().map(TrialBatches::text).orElse("");
        return models.stream()
                .map(model -> results.containsKey(model.id())
                        ? TrialModelRows.of(runId, ledger.studyId(), technique.name(), number, results.get(model.id()))
                        : TrialModelRows.skipped(
                                runId,
                                ledger.studyId(),
                                technique.name(),
                                number,
                                model.id(),
                                why,
                                trials.cost(pair(planned, model))))
                .toList();
    }

    private static String text(TrialRace.Reason reason) {
        return switch (reason) {
            case TOO_MANY_REGRESSIONS -> "more models regressed than epsilon allows: the trial is infeasible for certain";
            case MODEL_FAILED -> "another model failed: the trial is infeasible for certain";
            case MU_OUT_OF_REACH -> "mu stays below tau, or below the best, unless a model does better than before";
        };
    }

    private Template base(FleetModel model) {
        return templates.template(study.base(model));
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
                runId,
                ledger.studyId(),
                technique.name(),
                trial.number(),
                ParameterValuesJson.write(technique.searchSpace(), trial.theta()),
                configuration.seed(),
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
                OptionalDouble.of(1 + capacityTolerance()));
    }
}
