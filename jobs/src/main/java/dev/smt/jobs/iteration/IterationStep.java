package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.backtest.BackTestStep;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.AdoptionRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.Candidate;
import dev.smt.jobs.trial.EvaluationConfiguration;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.SegmentMetrics;
import dev.smt.jobs.trial.ValidationLosses;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
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
        Function<FleetModel, TemplateVersionRow> latest =
                model -> templates.version(model.template(), Integer.parseInt(versions.get(model.template())));
        Set<String> done =
                rows(warehouse, runId).stream().map(ModelIterationRow::modelId).collect(Collectors.toSet());
        List<FleetModel> missing = fleet.models().stream()
                .filter(model -> !done.contains(model.id()))
                .toList();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            ValidationLosses losses =
                    new ValidationLosses(fleet, executors, context.progress(), Seeds.of(study.seed(), "tuning"));
            Rebuild rebuild = new Rebuild(
                    context,
                    runId,
                    fleet,
                    templates,
                    latest,
                    new Baselines(warehouse, fleet, templates, executors, context.progress(), evaluation.segments()),
                    new PairedTrials(fleet, executors, evaluation),
                    new SegmentMetrics(warehouse, fleet, runId, name()),
                    new InstanceTuning(
                            configuration.tuningTrials(),
                            study.seed(),
                            instances -> losses.of(
                                    instances.stream()
                                            .map(TunedInstance::candidate)
                                            .toList(),
                                    "instance tuning trainings")));
            for (int from = 0; from < missing.size(); from += GROUP) {
                rebuild.group(missing.subList(from, Math.min(from + GROUP, missing.size())));
            }
        }
        List<ModelIterationRow> rows = rows(warehouse, runId);
        adopt(warehouse, runId, templates, rows);
        return new StepResult(
                IterationSummary.lines(rows),
                Map.of(),
                evaluation.andTables("model_iterations", "adoption", "baselines", "fleet_models"));
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

    /** The work on one group of models. */
    private final class Rebuild {
        private final RunContext context;
        private final String runId;
        private final FleetInputs fleet;
        private final PublishedTemplates templates;
        private final Function<FleetModel, TemplateVersionRow> latest;
        private final Baselines baselines;
        private final PairedTrials trials;
        private final SegmentMetrics segments;
        private final InstanceTuning tuning;

        Rebuild(
                RunContext context,
                String runId,
                FleetInputs fleet,
                PublishedTemplates templates,
                Function<FleetModel, TemplateVersionRow> latest,
                Baselines baselines,
                PairedTrials trials,
                SegmentMetrics segments,
                InstanceTuning tuning) {
            this.context = context;
            this.runId = runId;
            this.fleet = fleet;
            this.templates = templates;
            this.latest = latest;
            this.baselines = baselines;
            this.trials = trials;
            this.segments = segments;
            this.tuning = tuning;
        }

        void group(List<FleetModel> models) {
            long seed = BackTestStep.freshSeed(study.seed());
            Map<String, Baseline> production = baselines.production(runId, models, seed);
            List<ModelIterationRow> rows = new ArrayList<>();
            List<FleetModel> rebuilt = new ArrayList<>();
            for (FleetModel model : models) {
                if (production.get(model.id()).failed()) {
                    rows.add(unchanged(
                            model,
                            ModelIterationRow.RESISTED,
                            "its production baseline can't be trained: "
                                    + production.get(model.id()).row().reason().orElse("no reason")));
                } else if (templates
                        .version(model.baseline())
                        .specHash()
                        .equals(latest.apply(model).specHash())) {
                    rows.add(unchanged(model, ModelIterationRow.KEPT_BASELINE, "already on the latest version"));
                } else {
                    rebuilt.add(model);
                }
            }
            rows.addAll(rebuild(rebuilt, production, seed));
            context.warehouse().upsert(ModelIterationRow.TABLE, rows);
        }

        private List<ModelIterationRow> rebuild(List<FleetModel> models, Map<String, Baseline> production, long seed) {
            Map<FleetModel, Template> latestTemplates = new LinkedHashMap<>();
            models.forEach(model -> latestTemplates.put(model, templates.template(latest.apply(model))));
            Map<String, InstanceTuning.Tuned> tuned = tuning.of(
                    latestTemplates,
                    instance -> isAffordable(
                            instance.candidate(),
                            production.get(instance.model().id())));
            List<PairedTrial> pairs = models.stream()
                    .map(model -> new PairedTrial(
                            model,
                            latestTemplates.get(model),
                            tuned.get(model.id()).values(),
                            production.get(model.id()),
                            Seeds.training(seed, model.id(), 0)))
                    .toList();
            List<PairedResult> results;
            try (Progress.Counter counter = context.progress().count("models rebuilt", pairs.size())) {
                results = trials.evaluate(pairs, Split.TEST, () -> counter.add(1));
            }
            segments.keep(models, results, model -> latest.apply(model).version());
            List<ModelIterationRow> rows = new ArrayList<>();
            for (int i = 0; i < models.size(); i++) {
                rows.add(row(
                        models.get(i),
                        results.get(i),
                        production.get(models.get(i).id()),
                        tuned.get(models.get(i).id())));
            }
            return rows;
        }

        private ShippingGate gate(FleetModel model) {
            return new ShippingGate(
                    study.alpha(),
                    configuration.resistThreshold(),
                    study.capacityTolerance(templates.template(latest.apply(model))));
        }

        /** Whether it could be served; what can't be made is for its training to refuse. */
        private boolean isAffordable(Candidate instance, Baseline baseline) {
            return fleet.cost(instance)
                    .flatMap(cost -> gate(instance.model()).overCapacity(instance.model(), cost, baseline.cost()))
                    .isEmpty();
        }

        private ModelIterationRow row(
                FleetModel model, PairedResult result, Baseline baseline, InstanceTuning.Tuned tuned) {
            ShippingGate.Verdict verdict = gate(model).judge(model, result, baseline);
            return new ModelIterationRow(
                    runId,
                    cycle,
                    model.id(),
                    model.template(),
                    latest.apply(model).version(),
                    result.ne(),
                    OptionalDouble.of(result.neBase()),
                    result.neDelta(),
                    result.neDeltaSe(),
                    OptionalDouble.of(result.flopsRatio()),
                    verdict.outcome(),
                    verdict.reason(),
                    OptionalDouble.of(result.bytesRatio()),
                    tuned.json(),
                    tuned.trainings() == 0 ? OptionalInt.empty() : OptionalInt.of(tuned.trainings()),
                    result.unseenDelta(),
                    result.unseenDeltaSe());
        }

        private ModelIterationRow unchanged(FleetModel model, String outcome, String reason) {
            OptionalDouble none = OptionalDouble.empty();
            return new ModelIterationRow(
                    runId,
                    cycle,
                    model.id(),
                    model.template(),
                    latest.apply(model).version(),
                    none,
                    none,
                    none,
                    none,
                    none,
                    outcome,
                    reason,
                    none,
                    Optional.empty(),
                    OptionalInt.empty(),
                    none,
                    none);
        }
    }
}
