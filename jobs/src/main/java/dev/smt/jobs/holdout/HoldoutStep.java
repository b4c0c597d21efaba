package dev.smt.jobs.holdout;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.mmo.TrialModelRows;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TechniqueTransferRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The step {@code holdout}: every accepted technique at its theta* on models that did not choose it (paper, section
 * 3.3.2, Holdout Validation).
 */
public final class HoldoutStep implements Step {
    /** Verdicts, as the column {@code holdout_verdict} has them. */
    public static final String CONFIRMED = "CONFIRMED";

    public static final String BELOW_TAU = "BELOW_TAU";
    public static final String REGRESSES = "REGRESSES";
    public static final String NO_HOLDOUT_MODEL = "NO_HOLDOUT_MODEL";

    private final MmoConfiguration configuration;

    public HoldoutStep(MmoConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "holdout";
    }

    @Override
    public List<String> needs() {
        return List.of("representatives", "importance", "mmo");
    }

    @Override
    public String configuration(RunContext context) {
        return "";
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        String studyId = context.outputs("mmo").get("study");
        List<TechniqueDecisionRow> accepted = TechniqueDecisions.of(context).stream()
                .filter(TechniqueDecisionRow::accepted)
                .toList();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        StudyModels study = new StudyModels(context, fleet, templates);
        List<TechniqueDecisionRow> validated = new ArrayList<>();
        List<TrialModelRow> modelRows = new ArrayList<>();
        TransferRows transferRows = new TransferRows(context, runId);
        List<TechniqueTransferRow> transfers = new ArrayList<>();
        List<String> summary = new ArrayList<>();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Map<String, Baseline> baselines = accepted.isEmpty()
                    ? Map.of()
                    : new Baselines(warehouse, fleet, templates, executors, context.progress())
                            .of(runId, study.holdout(), study::base, configuration.seed());
            for (TechniqueDecisionRow decision : accepted) {
                List<PairedTrial> trials = trials(decision, study, templates, baselines);
                List<PairedResult> results;
                try (Progress.Counter counter =
                        context.progress().count(decision.technique() + " holdout trainings", trials.size())) {
                    results =
                            new PairedTrials(fleet, executors).evaluate(trials, Split.VALIDATION, () -> counter.add(1));
                }
                TechniqueDecisionRow verdict = verdict(decision, trials, results);
                validated.add(verdict);
                List<TrialModelRow> rows = results.stream()
                        .map(result -> TrialModelRows.of(
                                runId, studyId, decision.technique(), TrialModelRow.HOLDOUT_TRIAL, result))
                        .toList();
                modelRows.addAll(rows);
                TechniqueTransferRow transfer = transferRows.of(decision, rows);
                transfers.add(transfer);
                summary.add(describe(verdict, trials.size()) + describe(transfer));
            }
        }
        warehouse.upsert(TrialModelRow.TABLE, modelRows);
        warehouse.upsert(TechniqueDecisionRow.TABLE, validated);
        warehouse.upsert(TechniqueTransferRow.TABLE, transfers);
        if (accepted.isEmpty()) {
            summary.add("no technique was accepted, so there is nothing to validate");
        }
        return new StepResult(
                summary, Map.of(), List.of("technique_decisions", "technique_transfer", "trial_models", "baselines"));
    }

    private List<PairedTrial> trials(
            TechniqueDecisionRow decision,
            StudyModels study,
            PublishedTemplates templates,
            Map<String, Baseline> baselines) {
        Technique technique = Techniques.named(decision.technique());
        ParameterValues theta = ParameterValuesJson.read(
                technique.searchSpace(), decision.thetaStar().orElseThrow());
        return study.holdout().stream()
                .filter(model -> !baselines.get(model.id()).failed())
                .filter(model -> technique.fits(templates.template(study.base(model))))
                .map(model -> new PairedTrial(
                        model,
                        technique.apply(templates.template(study.base(model)), theta),
                        baselines.get(model.id()),
                        Seeds.training(configuration.seed(), model.id(), 0)))
                .toList();
    }

    private TechniqueDecisionRow verdict(
            TechniqueDecisionRow decision, List<PairedTrial> trials, List<PairedResult> results) {
        if (trials.isEmpty()) {
            return decision.withHoldout(OptionalDouble.empty(), OptionalDouble.empty(), NO_HOLDOUT_MODEL);
        }
        List<FleetModel> models = trials.stream().map(PairedTrial::model).toList();
        FleetObjective objective =
                StudyModels.objective(models, configuration.alpha(), configuration.epsilon(), configuration.tau());
        FleetOutcome outcome =
                objective.outcome(results.stream().map(PairedResult::delta).toList());
        String verdict = !outcome.feasible() ? REGRESSES : outcome.mu() < configuration.tau() ? BELOW_TAU : CONFIRMED;
        OptionalDouble mu = Cells.finite(outcome.mu());
        return decision.withHoldout(mu, OptionalDouble.of(outcome.regressionRate()), verdict);
    }

    private static String describe(TechniqueDecisionRow decision, int models) {
        return String.format(
                Locale.ROOT,
                "%s on %d holdout models: mu %+.3f %%, R %.2f: %s",
                decision.technique(),
                models,
                decision.holdoutMu().orElse(Double.NaN),
                decision.holdoutRegressionRate().orElse(Double.NaN),
                decision.holdoutVerdict().orElse(""));
    }

    /** The correlation with the representatives, where there is one. */
    private static String describe(TechniqueTransferRow transfer) {
        if (transfer.holdoutCorrelationLow().isEmpty()) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "; correlation with their clusters' representatives %+.2f (95 %% interval %+.2f to %+.2f, %d pairs)",
                transfer.holdoutCorrelation().orElseThrow(),
                transfer.holdoutCorrelationLow().orElseThrow(),
                transfer.holdoutCorrelationHigh().orElseThrow(),
                transfer.pairs());
    }
}
