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
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

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
        try (ExecutorFanOut executors = fanOut.apply(context.warehouse())) {
            StudyInputs inputs = StudyInputs.open(context, runId, executors);
            List<Technique> techniques =
                    configuration.techniques().stream().map(Techniques::named).toList();
            RowSample rows = new RowSample(rowsShare(inputs, techniques), 0);
            Map<String, Baseline> baselines = inputs.baselines(rows, configuration.seed());
            List<FleetModel> trained = trained(inputs, baselines);
            String studyId = studyId(inputs, trained, rows);
            try (Lease lease = context.lease(studyId);
                    TrialCommits commits = TrialCommits.open(
                            context.warehouse(),
                            studyId,
                            lease::require,
                            executors.metrics()::committed,
                            ledgerConfiguration)) {
                Function<Technique, TechniqueWork> work = work(inputs, trained, rows, commits);
                Baselines trainer = inputs.trainer(RowSample.ALL);
                List<TechniqueStudy> studies = techniques.stream()
                        .map(technique -> TechniqueStudy.of(work.apply(technique), trainer, baselines))
                        .toList();
                return new StudyRun(context, runId, configuration, studies, commits, executors.slots())
                        .run(header(trained, rows));
            }
        }
    }

    /** As configured, or as a pilot finds. */
    private double rowsShare(StudyInputs inputs, List<Technique> techniques) {
        return configuration.rowsShare().orElseGet(() -> {
            String identity = inputs.identity(inputs.models().representatives()) + "\n" + configuration.seed() + " "
                    + configuration.techniques();
            return new RowsSharePilot(inputs, configuration.seed(), techniques).choose(StepRunner.sha256(identity));
        });
    }

    private Function<Technique, TechniqueWork> work(
            StudyInputs inputs, List<FleetModel> trained, RowSample rows, TrialCommits commits) {
        TrialLedger ledger = new TrialLedger(inputs.context().warehouse(), commits.studyId());
        PairedTrials searched = inputs.trials(rows);
        PairedTrials onAllRows = inputs.trials(RowSample.ALL);
        return technique -> new TechniqueWork(
                inputs.context(),
                inputs.runId(),
                technique,
                fitting(technique, trained, inputs.templates(), inputs.models()),
                inputs.models(),
                inputs.templates(),
                ledger,
                commits,
                searched,
                onAllRows,
                configuration);
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

    private static List<FleetModel> trained(StudyInputs inputs, Map<String, Baseline> baselines) {
        List<FleetModel> trained = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (FleetModel model : inputs.models().representatives()) {
            Baseline baseline = baselines.get(model.id());
            if (baseline.failed()) {
                failed.add("model " + model.id() + ": its baseline failed ("
                        + baseline.row().reason().orElse("no reason") + ")");
            } else {
                trained.add(model);
            }
        }
        if (trained.isEmpty()) {
            throw new InvalidInputException(failed);
        }
        failed.forEach(why -> inputs.context().progress().say("  left out of the study: " + why));
        return trained;
    }

    /** Everything that a trial's result depends on, so that another budget or list of techniques goes on with it. */
    private String studyId(StudyInputs inputs, List<FleetModel> trained, RowSample sample) {
        // What is skipped for certain changes no decision on a trial; what is skipped by the bound may.
        String racing = configuration.racing() == Racing.BOUND ? " bound " + configuration.tau() : "";
        String rows = sample.isAll() ? "" : " rows " + sample.share();
        return "study-"
                + StepRunner.sha256(inputs.identity(trained) + "\n" + configuration.seed() + " " + configuration.alpha()
                                + " " + configuration.epsilon() + racing + rows)
                        .substring(0, 12);
    }
}
