package dev.smt.jobs.mmo;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.Iterator;
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
            Baselines trainer = new Baselines(warehouse, fleet, templates, executors, context.progress());
            Map<String, Baseline> baselines =
                    trainer.of(runId, models.representatives(), models::base, configuration.seed());
            List<FleetModel> trained = trained(context, models.representatives(), baselines);
            TrialLedger ledger = new TrialLedger(warehouse, studyId(models, fleet, trained));
            PairedTrials pairs = new PairedTrials(fleet, executors);
            List<TechniqueStudy> studies = configuration.techniques().stream()
                    .map(Techniques::named)
                    .map(technique -> new TechniqueWork(
                            context,
                            runId,
                            technique,
                            trained.stream()
                                    .filter(model -> technique.fits(templates.template(models.base(model))))
                                    .toList(),
                            models,
                            templates,
                            ledger,
                            pairs,
                            configuration))
                    .map(work -> TechniqueStudy.of(work, trainer, baselines))
                    .toList();
            return decide(context, studies, ledger, header(trained));
        }
    }

    /** Searches all techniques, and decides on each. */
    private StepResult decide(RunContext context, List<TechniqueStudy> studies, TrialLedger ledger, String header) {
        StudySearch search = new StudySearch(
                configuration,
                studies.stream().flatMap(study -> study.entry().stream()).toList());
        Iterator<List<CompletedTrial>> found = search.run().iterator();
        SkippedTrainings skipped = new SkippedTrainings();
        List<StudyDecision> decisions = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        for (TechniqueStudy study : studies) {
            StudyDecision decision = study.decide(study.search().isEmpty() ? List.of() : found.next(), skipped);
            decisions.add(decision);
            decision.text().forEach(line -> context.progress().say("  " + line));
            decision.open().ifPresent(undecided::add);
        }
        StudyDecision.write(context.warehouse(), decisions);
        List<String> summary = new ArrayList<>(List.of(header, skipped.text()));
        summary.addAll(search.text());
        summary.addAll(undecided);
        summary.add("study " + ledger.studyId() + ": "
                + decisions.stream()
                        .filter(decision -> decision.row().accepted())
                        .count() + " of " + decisions.size()
                + " techniques accepted");
        return new StepResult(
                summary,
                TechniqueDecisions.outputs(ledger.studyId(), configuration.techniques()),
                List.of(
                        "baselines",
                        "trials",
                        "trial_models",
                        "technique_decisions",
                        "technique_evidence",
                        "model_effects"));
    }

    private String header(List<FleetModel> models) {
        return models.size() + " representative models, " + configuration.trials() + " trials per technique; alpha "
                + configuration.alpha() + " %, epsilon " + configuration.epsilon() + ", tau " + configuration.tau()
                + " %";
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
