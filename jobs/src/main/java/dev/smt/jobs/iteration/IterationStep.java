package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.backtest.BackTestStep;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.AdoptionRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.EvaluationConfiguration;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.SegmentMetrics;
import dev.smt.jobs.trial.ValidationLosses;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;

/** The step {@code iterate}: every model rebuilt from its template's latest version (paper, section 3.4). */
public final class IterationStep implements Step {
    /** Models whose results are written together: what a crash can lose. */
    private static final int GROUP = 32;

    private final IterationConfiguration configuration;
    private final MmoConfiguration study;
    private final int cycle;
    private final EvaluationConfiguration evaluation;

    public IterationStep(
            IterationConfiguration configuration,
            MmoConfiguration study,
            int cycle,
            EvaluationConfiguration evaluation) {
        this.evaluation = evaluation;
        this.configuration = configuration;
        this.study = study;
        this.cycle = cycle;
    }

    @Override
    public String name() {
        return "iterate";
    }

    @Override
    public List<String> needs() {
        return List.of("ingest", "integrate", "backtest");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("iterate", "cycle", "evaluation"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        Map<String, String> versions = context.outputs(configuration.requireBackTest() ? "backtest" : "integrate");
        LatestVersions latest = new LatestVersions(
                templates,
                versions.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Integer.valueOf(entry.getValue()))));
        IterationRows made = new IterationRows(runId, cycle, latest);
        List<FleetModel> canaries = configuration.canary().of(fleet.models());
        List<FleetModel> others = new ArrayList<>(fleet.models());
        others.removeAll(canaries);
        Optional<String> stopped;
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Rebuild rebuild = new Rebuild(
                    fleet,
                    model -> gate(latest.template(model)),
                    made,
                    trainings(context, runId, fleet, templates, executors));
            rebuild(warehouse, runId, canaries, rebuild);
            Set<String> first = canaries.stream().map(FleetModel::id).collect(Collectors.toSet());
            stopped = configuration
                    .canary()
                    .stop(rows(warehouse, runId).stream()
                            .filter(row -> first.contains(row.modelId()))
                            .toList());
            if (stopped.isEmpty()) {
                rebuild(warehouse, runId, others, rebuild);
            } else {
                warehouse.upsert(
                        ModelIterationRow.TABLE,
                        others.stream()
                                .map(model -> made.untouched(model, stopped.get()))
                                .toList());
            }
        }
        List<ModelIterationRow> rows = rows(warehouse, runId);
        adopt(warehouse, runId, templates, rows);
        List<String> summary = new ArrayList<>(IterationSummary.lines(rows));
        stopped.ifPresent(why -> summary.add("warning: " + why));
        return new StepResult(
                summary, Map.of(), evaluation.andTables("model_iterations", "adoption", "baselines", "fleet_models"));
    }

    /** Rebuilds those models that an interrupted run has not. */
    private static void rebuild(Warehouse warehouse, String runId, List<FleetModel> models, Rebuild rebuild) {
        Set<String> done =
                rows(warehouse, runId).stream().map(ModelIterationRow::modelId).collect(Collectors.toSet());
        List<FleetModel> missing =
                models.stream().filter(model -> !done.contains(model.id())).toList();
        for (int from = 0; from < missing.size(); from += GROUP) {
            List<FleetModel> group = missing.subList(from, Math.min(from + GROUP, missing.size()));
            warehouse.upsert(ModelIterationRow.TABLE, rebuild.of(group));
        }
    }

    private Rebuild.Trainings trainings(
            RunContext context,
            String runId,
            FleetInputs fleet,
            PublishedTemplates templates,
            ExecutorFanOut executors) {
        Progress progress = context.progress();
        ValidationLosses losses = new ValidationLosses(fleet, executors, progress, Seeds.of(study.seed(), "tuning"));
        return new Rebuild.Trainings(
                new Baselines(context.warehouse(), fleet, templates, executors, progress, evaluation.segments()),
                new PairedTrials(fleet, executors, evaluation),
                new SegmentMetrics(context.warehouse(), fleet, runId, name()),
                new InstanceTuning(
                        configuration.tuningTrials(),
                        study.seed(),
                        instances -> losses.of(
                                instances.stream().map(TunedInstance::candidate).toList(),
                                "instance tuning trainings")),
                progress,
                BackTestStep.freshSeed(study.seed()));
    }

    private ShippingGate gate(Template latest) {
        return new ShippingGate(study.alpha(), configuration.resistThreshold(), study.capacityTolerance(latest));
    }

    private static List<ModelIterationRow> rows(Warehouse warehouse, String runId) {
        return warehouse.rows(ModelIterationRow.TABLE, functions.col("run_id").equalTo(runId));
    }

    /** Shipped models run the new version from now on. */
    private void adopt(Warehouse warehouse, String runId, PublishedTemplates templates, List<ModelIterationRow> rows) {
        Map<String, ModelIterationRow> shipped = rows.stream()
                .filter(row -> row.outcome().equals(ModelIterationRow.SHIPPED))
                .collect(Collectors.toMap(ModelIterationRow::modelId, row -> row));
        List<AdoptionRow> adoption = new ArrayList<>();
        shipped.values().forEach(row -> templates
                .template(templates.version(row.template(), row.version()))
                .techniques()
                .forEach(technique -> adoption.add(
                        new AdoptionRow(runId, cycle, row.modelId(), technique, row.template(), row.version()))));
        warehouse.upsert(AdoptionRow.TABLE, adoption);
        List<FleetModelRow> pinned = warehouse.rows(FleetModelRow.TABLE).stream()
                .filter(model -> shipped.containsKey(model.modelId()))
                .map(model -> model.withBaseline(
                        model.template() + "@" + shipped.get(model.modelId()).version(),
                        shipped.get(model.modelId()).tuned()))
                .toList();
        warehouse.upsert(FleetModelRow.TABLE, pinned);
    }
}
