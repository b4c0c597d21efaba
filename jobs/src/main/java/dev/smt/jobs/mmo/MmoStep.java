package dev.smt.jobs.mmo;

import dev.smt.data.RowSample;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.lease.Lease;
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
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The step {@code mmo}: Algorithm 1 over the configured techniques, on the representative models. */
public final class MmoStep implements Step {
    private static final List<String> SECTIONS = List.of("mmo", "cycle");

    private final MmoConfiguration configuration;
    private final LedgerConfiguration ledgerConfiguration;
    private final Function<Warehouse, ExecutorFanOut> fanOut;

    public MmoStep(MmoConfiguration configuration, LedgerConfiguration ledger) {
        this(configuration, ledger, ExecutorFanOut::new);
    }

    MmoStep(MmoConfiguration configuration, LedgerConfiguration ledger, Function<Warehouse, ExecutorFanOut> fanOut) {
        this.configuration = configuration;
        this.ledgerConfiguration = ledger;
        this.fanOut = fanOut;
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
        try (ExecutorFanOut executors = fanOut.apply(warehouse)) {
            Baselines trainer = new Baselines(warehouse, fleet, templates, executors, context.progress());
            List<Technique> techniques =
                    configuration.techniques().stream().map(Techniques::named).toList();
            double share = configuration.rowsShare().isPresent()
                    ? configuration.rowsShare().getAsDouble()
                    : new RowsSharePilot(
                                    context,
                                    runId,
                                    fleet,
                                    templates,
                                    executors,
                                    models,
                                    configuration.seed(),
                                    techniques)
                            .choose(StepRunner.sha256(inputs(models, fleet, models.representatives()) + "\n"
                                    + configuration.seed() + " " + configuration.techniques()));
            RowSample sample = new RowSample(share, 0);
            FleetInputs searched = fleet.sampled(sample);
            Map<String, Baseline> baselines = sample.isAll()
                    ? trainer.of(runId, models.representatives(), models::base, configuration.seed())
                    : new Baselines(warehouse, searched, templates, executors, context.progress())
                            .ofSample(runId, models.representatives(), models::base, configuration.seed());
            List<FleetModel> trained = trained(context, models.representatives(), baselines);
            String studyId = studyId(models, fleet, trained, sample);
            try (Lease lease = context.lease(studyId);
                    TrialCommits commits = TrialCommits.open(
                            warehouse, studyId, lease::require, executors.metrics()::committed, ledgerConfiguration)) {
                TrialLedger ledger = new TrialLedger(warehouse, studyId);
                PairedTrials pairs = new PairedTrials(searched, executors);
                PairedTrials onAllRows = new PairedTrials(fleet, executors);
                Function<Technique, TechniqueWork> work = technique -> new TechniqueWork(
                        context,
                        runId,
                        technique,
                        fitting(technique, trained, templates, models),
                        models,
                        templates,
                        ledger,
                        commits,
                        pairs,
                        onAllRows,
                        configuration);
                List<TechniqueStudy> studies = techniques.stream()
                        .map(technique -> TechniqueStudy.of(work.apply(technique), trainer, baselines))
                        .toList();
                return new StudyRun(context, runId, configuration, studies, commits, executors.slots())
                        .run(header(trained, sample));
            }
        }
    }

    private static List<FleetModel> fitting(
            Technique technique, List<FleetModel> trained, PublishedTemplates templates, StudyModels models) {
        return trained.stream()
                .filter(model -> technique.fits(templates.template(models.base(model))))
                .toList();
    }

    private String header(List<FleetModel> models, RowSample sample) {
        return models.size() + " representative models, " + configuration.trials() + " trials per technique; alpha "
                + configuration.alpha() + " %, epsilon " + configuration.epsilon() + ", tau " + configuration.tau()
                + " %"
                + (sample.isAll()
                        ? ""
                        : String.format(Locale.ROOT, "; trials on %.4g %% of the training rows", 100 * sample.share()));
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
    private String studyId(StudyModels models, FleetInputs fleet, List<FleetModel> trained, RowSample sample) {
        // What is skipped for certain changes no decision on a trial; what is skipped by the bound may.
        String racing = configuration.racing() == Racing.BOUND ? " bound " + configuration.tau() : "";
        String rows = sample.isAll() ? "" : " rows " + sample.share();
        return "study-"
                + StepRunner.sha256(inputs(models, fleet, trained) + "\n" + configuration.seed() + " "
                                + configuration.alpha() + " " + configuration.epsilon() + racing + rows)
                        .substring(0, 12);
    }

    private static String inputs(StudyModels models, FleetInputs fleet, List<FleetModel> of) {
        return of.stream()
                .map(model -> String.join(
                        " ",
                        model.id(),
                        Double.toString(model.weight()),
                        models.base(model).specHash(),
                        fleet.manifest(model).dataVersion()))
                .collect(Collectors.joining("\n"));
    }
}
