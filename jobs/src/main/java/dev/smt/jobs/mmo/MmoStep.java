package dev.smt.jobs.mmo;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The step {@code mmo}: Algorithm 1 over the configured techniques, on the representative models. */
public final class MmoStep implements Step {
    private static final List<String> SECTIONS = List.of("mmo", "cycle");

    private final MmoConfiguration configuration;

    public MmoStep(MmoConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "mmo";
    }

    @Override
    public List<String> needs() {
        return List.of("ingest", "representatives", "importance");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(SECTIONS);
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        StudyModels models = new StudyModels(context, fleet, templates);
        StudyModels.requireWeight(models.representatives());
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Map<String, Baseline> baselines = new Baselines(warehouse, fleet, templates, executors, context.progress())
                    .of(runId, models.representatives(), models::base, configuration.seed());
            List<FleetModel> trained = trained(context, models.representatives(), baselines);
            TrialLedger ledger = new TrialLedger(warehouse, studyId(models, fleet, trained));
            List<TechniqueDecisionRow> decisions = new ArrayList<>();
            SkippedTrainings skipped = new SkippedTrainings();
            for (String name : configuration.techniques()) {
                Technique technique = Techniques.named(name);
                List<FleetModel> fitting = trained.stream()
                        .filter(model -> technique.fits(templates.template(models.base(model))))
                        .toList();
                TrialBatches batches = new TrialBatches(
                        context,
                        runId,
                        technique,
                        fitting,
                        models,
                        templates,
                        baselines,
                        ledger,
                        new PairedTrials(fleet, executors),
                        configuration);
                TechniqueDecisionRow decision = decide(context, technique, fitting, batches, ledger, runId, skipped);
                decisions.add(decision);
                context.progress().say("  " + DecisionText.of(decision));
            }
            warehouse.upsert(TechniqueDecisionRow.TABLE, decisions);
            return new StepResult(
                    List.of(
                            header(trained),
                            skipped.text(),
                            "study " + ledger.studyId() + ": "
                                    + decisions.stream()
                                            .filter(TechniqueDecisionRow::accepted)
                                            .count() + " of "
                                    + decisions.size() + " techniques accepted"),
                    Map.of("study", ledger.studyId()),
                    List.of("baselines", "trials", "trial_models", "technique_decisions"));
        }
    }

    private String header(List<FleetModel> models) {
        return models.size() + " representative models, " + configuration.trials() + " trials per technique; alpha "
                + configuration.alpha() + " %, epsilon " + configuration.epsilon() + ", tau " + configuration.tau()
                + " %";
    }

    private TechniqueDecisionRow decide(
            RunContext context,
            Technique technique,
            List<FleetModel> models,
            TrialBatches batches,
            TrialLedger ledger,
            String runId,
            SkippedTrainings skipped) {
        if (models.isEmpty()) {
            return TechniqueDecider.noFittingModel(runId, ledger.studyId(), technique.name());
        }
        FleetObjective objective =
                StudyModels.objective(models, configuration.alpha(), configuration.epsilon(), configuration.tau());
        TechniqueSearch search = new TechniqueSearch(technique, objective, configuration);
        List<CompletedTrial> trials = search.run(ledger.completed(technique.name(), technique.searchSpace()), batches);
        skipped.add(objective, trials);
        StudyBeliefs beliefs = search.beliefs(trials);
        beliefs.missing().ifPresent(why -> context.progress()
                .say("  " + technique.name() + ": there is no posterior (" + why + "), so the paper's rule decides"));
        return new TechniqueDecider(
                        objective,
                        configuration.allowOverCapacity(),
                        batches.capacityTolerance(),
                        configuration.thetaRule())
                .decide(runId, ledger.studyId(), technique, trials, beliefs);
    }

    private static List<FleetModel> trained(
            RunContext context, List<FleetModel> models, Map<String, Baseline> baselines) {
        List<FleetModel> trained = new ArrayList<>();
        for (FleetModel model : models) {
            Baseline baseline = baselines.get(model.id());
            if (baseline.failed()) {
                context.progress()
                        .say("  model " + model.id() + " is left out of the study: its baseline failed ("
                                + baseline.row().reason().orElse("no reason") + ")");
            } else {
                trained.add(model);
            }
        }
        if (trained.isEmpty()) {
            throw new InvalidInputException("the baselines of all " + models.size()
                    + " representative models failed; their reasons are in the table baselines");
        }
        return trained;
    }

    /** Everything that a trial's result depends on, so that another budget or list of techniques goes on with it. */
    private String studyId(StudyModels models, FleetInputs fleet, List<FleetModel> trained) {
        String text = trained.stream()
                .map(model -> String.join(
                        " ",
                        model.id(),
                        Double.toString(model.weight()),
                        models.base(model).specHash(),
                        fleet.manifest(model).dataVersion()))
                .collect(Collectors.joining("\n"));
        // What is skipped for certain changes no decision on a trial; what is skipped by the bound may.
        String racing = configuration.racing() == Racing.BOUND ? " bound " + configuration.tau() : "";
        return "study-"
                + StepRunner.sha256(text + "\n" + configuration.seed() + " " + configuration.alpha() + " "
                                + configuration.epsilon() + racing)
                        .substring(0, 12);
    }
}
