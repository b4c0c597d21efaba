package dev.smt.jobs.importance;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.feature.FeatureSelection;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureType;
import dev.smt.feature.TopK;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.catalog.StandingVersions;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.FeatureImportanceRow;
import dev.smt.jobs.table.FeatureSelectionRow;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;

/**
 * The step {@code importance}: permutation importance of reference models, the fleet's aggregate, the top K per type, and
 * the template versions that pin the selection (paper, section 3.2.1, Feature Template).
 */
public final class ImportanceStep implements Step {
    /** Cause of the versions that this step publishes. */
    public static final String CAUSE = "feature-selection";

    private static final String METHOD = "permutation";

    private final ImportanceConfiguration configuration;

    public ImportanceStep(ImportanceConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "importance";
    }

    @Override
    public List<String> needs() {
        return List.of("ingest", "representatives");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("importance", "cycle"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        templates.publishBuiltIns();
        FleetInputs fleet = new FleetInputs(warehouse);
        List<FleetModel> models = configuration.allModels()
                ? fleet.models()
                : fleet.models(StudyModels.roles(context).stream()
                        .filter(RepresentativeRow::isRepresentative)
                        .map(RepresentativeRow::modelId)
                        .toList());
        List<String> summary = new ArrayList<>();
        StandingVersions standing = new StandingVersions(warehouse, templates);
        Map<String, List<FeatureImportance>> byModel = measure(context, templates, standing, fleet, models, summary);
        Map<String, Double> weights = new TreeMap<>();
        models.stream()
                .filter(model -> byModel.containsKey(model.id()))
                .forEach(model -> weights.put(model.id(), model.weight()));
        FleetImportance aggregate = FleetImportance.of(byModel, weights);
        warehouse.upsert(FeatureImportanceRow.TABLE, rows(runId, byModel, aggregate));
        FeatureSelection selection = TopK.select(aggregate.fleet(), wantedK(aggregate.fleet()));
        warehouse.upsert(FeatureSelectionRow.TABLE, selectionRows(runId, selection));
        Map<String, String> outputs = publish(context, templates, standing, inUse(fleet), runId, selection, summary);
        summary.addAll(aggregate.summary());
        return new StepResult(
                summary, outputs, List.of("feature_importance", "feature_selection", "template_versions"));
    }

    private Map<String, List<FeatureImportance>> measure(
            RunContext context,
            PublishedTemplates templates,
            StandingVersions standing,
            FleetInputs fleet,
            List<FleetModel> models,
            List<String> summary) {
        int parts = partsPerModel(context.spark().sparkContext().defaultParallelism(), models.size());
        List<ImportanceMeasurement> pieces = new ArrayList<>();
        for (FleetModel model : models) {
            Template reference = ReferenceTemplate.of(templates.template(standing.of(model.template())));
            long seed = Seeds.training(configuration.seed(), model.id(), 0);
            TrialModel trial = fleet.trialModel(model, fleet.instantiate(model, reference), seed, List.of());
            for (int part = 0; part < parts; part++) {
                pieces.add(new ImportanceMeasurement(
                        trial, configuration.repeats(), Seeds.of(seed, "permutation"), part, parts));
            }
        }
        List<ImportanceMeasurement.Outcome> outcomes;
        try (ExecutorFanOut executors = new ExecutorFanOut(context.warehouse());
                Progress.Counter counter = context.progress().count("importance tasks", pieces.size())) {
            outcomes = executors.run(
                    pieces,
                    piece -> piece.reference().cost(),
                    (cache, piece) -> piece.measure(cache),
                    outcome -> counter.add(1));
        }
        Map<String, List<FeatureImportance>> byModel = new TreeMap<>();
        for (ImportanceMeasurement.Outcome outcome : outcomes) {
            if (outcome.failureReason() != null) {
                summary.add("model " + outcome.modelId() + " has no importance: " + outcome.failureReason());
            } else {
                byModel.computeIfAbsent(outcome.modelId(), id -> new ArrayList<>())
                        .addAll(outcome.importances());
            }
        }
        if (byModel.isEmpty()) {
            throw new IllegalStateException("no reference model could be trained: " + String.join("; ", summary));
        }
        return byModel;
    }

    /** How many tasks measure so many models, each with a training of its own. */
    public static long tasks(int slots, int models) {
        return models == 0 ? 0 : (long) models * partsPerModel(slots, models);
    }

    /** As many shares of the features as it takes to keep the cluster busy. */
    private static int partsPerModel(int slots, int models) {
        return Math.max(1, (2 * slots + models - 1) / models);
    }

    private Map<FeatureType, Integer> wantedK(List<FeatureImportance> fleet) {
        EnumMap<FeatureType, Integer> k = new EnumMap<>(FeatureType.class);
        fleet.forEach(feature -> k.merge(feature.type(), 1, Integer::sum));
        k.replaceAll(
                (type, available) -> Math.min(available, configuration.topK().getOrDefault(type, available)));
        return k;
    }

    private static List<FeatureImportanceRow> rows(
            String runId, Map<String, List<FeatureImportance>> byModel, FleetImportance aggregate) {
        List<FeatureImportanceRow> rows = new ArrayList<>();
        Map<String, List<FeatureImportance>> all = new TreeMap<>(byModel);
        all.put(FeatureImportanceRow.FLEET, aggregate.fleet());
        all.forEach((model, importances) -> {
            int rank = 1;
            for (FeatureImportance feature : FeatureRanking.of(importances)) {
                rows.add(new FeatureImportanceRow(
                        runId,
                        model,
                        feature.feature(),
                        feature.type().name(),
                        METHOD,
                        feature.importance(),
                        Cells.finite(feature.standardError()),
                        rank++));
            }
        });
        return rows;
    }

    private static List<FeatureSelectionRow> selectionRows(String runId, FeatureSelection selection) {
        List<FeatureSelectionRow> rows = new ArrayList<>();
        selection.selected().forEach((type, names) -> {
            for (int i = 0; i < names.size(); i++) {
                rows.add(new FeatureSelectionRow(runId, type.name(), names.get(i), i + 1));
            }
        });
        return rows;
    }

    /** The templates that serve a model of the fleet, by name: the others would get versions that nothing tests. */
    private static SortedSet<String> inUse(FleetInputs fleet) {
        return fleet.models().stream().map(FleetModel::template).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Pins the selection in the next version of some templates, unless the one that stands pins the same. */
    private Map<String, String> publish(
            RunContext context,
            PublishedTemplates templates,
            StandingVersions standing,
            SortedSet<String> names,
            String runId,
            FeatureSelection selection,
            List<String> summary) {
        Map<String, String> outputs = new TreeMap<>();
        for (String name : names) {
            TemplateVersionRow latest = standing.of(name);
            Template template = templates.template(latest);
            if (!pinned(context.warehouse(), template.features().selection()).equals(selection.names())) {
                latest = templates.publish(
                        runId,
                        template.withFeatures(pin(template.features(), runId, selection)),
                        latest,
                        RunJson.texts(latest.techniques()),
                        CAUSE);
                summary.add(name + " version " + latest.version() + " published with the feature selection");
            }
            outputs.put(name, Integer.toString(latest.version()));
        }
        return outputs;
    }

    /** K of each type as configured; event features stay as the template has them, a technique adds them. */
    private FeatureTemplate pin(FeatureTemplate features, String runId, FeatureSelection selection) {
        EnumMap<FeatureType, Integer> k = new EnumMap<>(FeatureType.class);
        k.putAll(features.topK());
        configuration.topK().forEach((type, wanted) -> {
            if (type != FeatureType.EVENT) {
                k.put(type, wanted);
            }
        });
        return features.withSelection(k, runId);
    }

    private static List<String> pinned(Warehouse warehouse, String selection) {
        return warehouse.rows(FeatureSelectionRow.TABLE, functions.col("run_id").equalTo(selection)).stream()
                .sorted(Comparator.comparing((FeatureSelectionRow row) -> FeatureType.valueOf(row.featureType()))
                        .thenComparing(FeatureSelectionRow::rank))
                .map(FeatureSelectionRow::feature)
                .toList();
    }
}
