package dev.smt.jobs.mmo;

import dev.smt.bayes.Suggestion;
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
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Evaluates batches of thetas of one technique on its models, on the validation rows, and keeps them in the ledger. */
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
    public List<CompletedTrial> evaluate(int firstNumber, List<Suggestion> batch, double suggestSeconds) {
        List<PairedTrial> pairs = new ArrayList<>();
        for (Suggestion suggestion : batch) {
            for (FleetModel model : models) {
                pairs.add(new PairedTrial(
                        model,
                        technique.apply(base(model), suggestion.theta()),
                        baselines.get(model.id()),
                        Seeds.training(configuration.seed(), model.id(), 0)));
            }
        }
        List<PairedResult> results;
        String what = technique.name() + " trainings (trials " + firstNumber + " to " + (firstNumber + batch.size() - 1)
                + ")";
        try (Progress.Counter counter = context.progress().count(what, pairs.size())) {
            results = trials.evaluate(pairs, Split.VALIDATION, () -> counter.add(1));
        }
        return commit(firstNumber, batch, results, suggestSeconds);
    }

    private List<CompletedTrial> commit(
            int firstNumber, List<Suggestion> batch, List<PairedResult> results, double suggestSeconds) {
        FleetObjective objective =
                StudyModels.objective(models, configuration.alpha(), configuration.epsilon(), configuration.tau());
        List<CompletedTrial> completed = new ArrayList<>();
        List<TrialRow> rows = new ArrayList<>();
        List<TrialModelRow> modelRows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            List<PairedResult> ofTrial = results.subList(i * models.size(), (i + 1) * models.size());
            CompletedTrial trial = new CompletedTrial(
                    firstNumber + i,
                    batch.get(i).theta(),
                    ofTrial.stream().map(PairedResult::delta).toList(),
                    flopsRatio(objective, ofTrial));
            completed.add(trial);
            rows.add(row(trial, batch.get(i), objective, suggestSeconds));
            ofTrial.forEach(result -> modelRows.add(
                    TrialModelRows.of(runId, ledger.studyId(), technique.name(), trial.number(), result)));
        }
        ledger.commit(technique.name(), rows, modelRows);
        return completed;
    }

    private Template base(FleetModel model) {
        return templates.template(study.base(model));
    }

    private static double flopsRatio(FleetObjective objective, List<PairedResult> results) {
        return results.stream()
                .mapToDouble(result -> objective.weights().get(result.delta().modelId()) * result.flopsRatio())
                .sum();
    }

    private TrialRow row(CompletedTrial trial, Suggestion suggestion, FleetObjective objective, double suggestSeconds) {
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
                failed == 0 ? OptionalDouble.of(outcome.mu()) : OptionalDouble.empty(),
                outcome.regressionRate(),
                outcome.feasible() ? OptionalDouble.of(outcome.aggregate()) : OptionalDouble.empty(),
                outcome.feasible(),
                trial.deltas().size() - failed,
                failed,
                0,
                suggestion.suggestedBy(),
                suggestSeconds,
                trial.flopsRatio());
    }
}
