package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.metric.Evaluation;
import dev.smt.metric.SegmentEvaluation;
import dev.smt.search.ParameterValues;
import dev.smt.serving.ServingCost;
import dev.smt.template.Template;
import dev.smt.training.ModelSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.functions;

/** Baselines, trained once per (model, template version, data version, seed) and reused from the table. */
public final class Baselines {
    static final String DONE = "DONE";
    static final String FAILED = "FAILED";
    private static final int UNPUBLISHED = 0;
    private static final List<Split> SPLITS = List.of(Split.VALIDATION, Split.TEST);

    private final Warehouse warehouse;
    private final FleetInputs fleet;
    private final PublishedTemplates templates;
    private final ExecutorFanOut executors;
    private final Progress progress;
    private final BaselineSegments segments;

    public Baselines(
            Warehouse warehouse,
            FleetInputs fleet,
            PublishedTemplates templates,
            ExecutorFanOut executors,
            Progress progress) {
        this(warehouse, fleet, templates, executors, progress, List.of());
    }

    /** Baselines with the segments of some features; one that is stored without them is trained again. */
    public Baselines(
            Warehouse warehouse,
            FleetInputs fleet,
            PublishedTemplates templates,
            ExecutorFanOut executors,
            Progress progress,
            List<String> segments) {
        this.segments = new BaselineSegments(warehouse, segments);
        this.warehouse = warehouse;
        this.fleet = fleet;
        this.templates = templates;
        this.executors = executors;
        this.progress = progress;
    }

    /** The baselines of some models by model id: those that are in the table, and the others trained now. */
    public Map<String, Baseline> of(
            String runId, List<FleetModel> models, Function<FleetModel, TemplateVersionRow> version, long seed) {
        return of(runId, models, version, seed, fleet::instantiate);
    }

    /** The same as the models run in production: each on the version that it is pinned to, with its own values. */
    public Map<String, Baseline> production(String runId, List<FleetModel> models, long seed) {
        return of(runId, models, model -> templates.version(model.baseline()), seed, fleet::production);
    }

    /** One at a time: techniques of a study ask side by side for the same ones. */
    private synchronized Map<String, Baseline> of(
            String runId,
            List<FleetModel> models,
            Function<FleetModel, TemplateVersionRow> version,
            long seed,
            BiFunction<FleetModel, Template, ModelSpecification> instantiation) {
        if (!fleet.sample().isAll()) {
            throw new IllegalStateException(
                    "the table has baselines that are trained on all rows, not on " + fleet.sample());
        }
        Map<String, BaselineRow> known = known(models);
        Map<String, List<SegmentEvaluation>> knownSegments = segments.stored(models);
        Map<String, Baseline> baselines = new TreeMap<>();
        Map<String, ServingCost> costs = new HashMap<>();
        List<BaselineRow> wanted = new ArrayList<>();
        List<TrialModel> trials = new ArrayList<>();
        for (FleetModel model : models) {
            TemplateVersionRow pinned = version.apply(model);
            ModelSpecification specification = instantiation.apply(model, templates.template(pinned));
            costs.put(model.id(), FleetInputs.cost(specification));
            long training = Seeds.training(seed, model.id(), 0);
            BaselineRow plan = planned(runId, model, pinned.template(), pinned.version(), specification, training);
            BaselineRow stored = known.get(key(plan));
            List<SegmentEvaluation> ofStored =
                    stored == null ? List.of() : knownSegments.getOrDefault(BaselineSegments.key(stored), List.of());
            if (stored != null && Baseline.isOf(stored, specification) && segments.complete(stored, ofStored)) {
                baselines.put(model.id(), new Baseline(stored, costs.get(model.id()), ofStored));
            } else {
                wanted.add(plan);
                trials.add(fleet.trialModel(model, specification, training, SPLITS, segments.features()));
            }
        }
        List<Baseline> trained = train(wanted, trials, costs);
        keep(trained);
        trained.forEach(baseline -> baselines.put(baseline.row().modelId(), baseline));
        return baselines;
    }

    /**
     * The baselines of published versions on the rows of the fleet's sample, by model id; they are not kept in the table.
     *
     * @param version of each model
     */
    public Map<String, Baseline> ofSample(
            String runId, List<FleetModel> models, Function<FleetModel, TemplateVersionRow> version, long seed) {
        List<Candidate> candidates = models.stream()
                .map(model -> new Candidate(model, templates.template(version.apply(model)), ParameterValues.empty()))
                .toList();
        return unpublished(runId, candidates, seed);
    }

    /**
     * Models of no published version as baselines, by model id; they are not kept in the table.
     *
     * @param candidates one per model
     */
    public Map<String, Baseline> unpublished(String runId, List<Candidate> candidates, long seed) {
        Map<String, ServingCost> costs = new HashMap<>();
        List<BaselineRow> wanted = new ArrayList<>();
        List<TrialModel> trials = new ArrayList<>();
        for (Candidate candidate : candidates) {
            FleetModel model = candidate.model();
            ModelSpecification specification = fleet.instantiate(model, candidate.template(), candidate.values());
            long training = Seeds.training(seed, model.id(), 0);
            costs.put(model.id(), FleetInputs.cost(specification));
            wanted.add(planned(runId, model, candidate.template().name(), UNPUBLISHED, specification, training));
            trials.add(fleet.trialModel(model, specification, training, SPLITS, segments.features()));
        }
        Map<String, Baseline> baselines = new TreeMap<>();
        train(wanted, trials, costs)
                .forEach(baseline -> baselines.put(baseline.row().modelId(), baseline));
        return baselines;
    }

    private Map<String, BaselineRow> known(List<FleetModel> models) {
        Map<String, BaselineRow> known = new HashMap<>();
        warehouse
                .rows(
                        BaselineRow.TABLE,
                        functions
                                .col("model_id")
                                .isin(models.stream().map(FleetModel::id).toArray()))
                .forEach(row -> known.put(key(row), row));
        return known;
    }

    private List<Baseline> train(List<BaselineRow> wanted, List<TrialModel> trials, Map<String, ServingCost> costs) {
        if (trials.isEmpty()) {
            return List.of();
        }
        List<Baseline> trained = new ArrayList<>();
        try (Progress.Counter counter = progress.count("baselines trained", trials.size())) {
            List<TrialModelOutcome> outcomes = executors.evaluate(trials, outcome -> counter.add(1));
            for (int i = 0; i < outcomes.size(); i++) {
                BaselineRow row = finished(wanted.get(i), outcomes.get(i));
                trained.add(new Baseline(
                        row, costs.get(row.modelId()), outcomes.get(i).segments()));
            }
        }
        return trained;
    }

    private void keep(List<Baseline> trained) {
        List<BaselineRow> rows = trained.stream().map(Baseline::row).toList();
        segments.keep(rows, trained.stream().map(Baseline::segments).toList());
        warehouse.upsert(BaselineRow.TABLE, rows);
    }

    private BaselineRow planned(
            String runId, FleetModel model, String template, int version, ModelSpecification specification, long seed) {
        ServingCost cost = FleetInputs.cost(specification);
        OptionalDouble none = OptionalDouble.empty();
        return new BaselineRow(
                runId,
                model.id(),
                template,
                version,
                fleet.manifest(model).dataVersion(),
                seed,
                specification.hash(),
                FAILED,
                Optional.empty(),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                cost.flops(),
                cost.parameterBytes(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(specification.servingHash()));
    }

    private static BaselineRow finished(BaselineRow plan, TrialModelOutcome outcome) {
        if (outcome.failed()) {
            return new BaselineRow(
                    plan.runId(),
                    plan.modelId(),
                    plan.template(),
                    plan.version(),
                    plan.dataVersion(),
                    plan.seed(),
                    plan.specHash(),
                    FAILED,
                    outcome.reason(),
                    plan.ne(),
                    plan.logLoss(),
                    plan.auc(),
                    plan.calibration(),
                    plan.testNe(),
                    plan.testAuc(),
                    plan.testCalibration(),
                    plan.flops(),
                    plan.parameterBytes(),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    plan.servingHash());
        }
        Evaluation validation = outcome.evaluation(Split.VALIDATION);
        Evaluation test = outcome.evaluation(Split.TEST);
        return new BaselineRow(
                plan.runId(),
                plan.modelId(),
                plan.template(),
                plan.version(),
                plan.dataVersion(),
                plan.seed(),
                plan.specHash(),
                DONE,
                Optional.empty(),
                OptionalDouble.of(validation.normalizedEntropy()),
                OptionalDouble.of(validation.logLoss()),
                Cells.finite(validation.auc()),
                Cells.finite(validation.calibration()),
                OptionalDouble.of(test.normalizedEntropy()),
                Cells.finite(test.auc()),
                Cells.finite(test.calibration()),
                plan.flops(),
                plan.parameterBytes(),
                outcome.trainSeconds(),
                StoredLosses.losses(validation.losses()),
                StoredLosses.rows(validation.losses()),
                StoredLosses.losses(test.losses()),
                StoredLosses.rows(test.losses()),
                plan.servingHash());
    }

    private static String key(BaselineRow row) {
        return String.join(
                "\n",
                row.modelId(),
                row.template(),
                Integer.toString(row.version()),
                row.dataVersion(),
                Long.toString(row.seed()));
    }
}
