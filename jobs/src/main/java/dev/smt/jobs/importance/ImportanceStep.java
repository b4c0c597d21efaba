package dev.smt.jobs.importance;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureSelection;
import dev.smt.feature.FeatureType;
import dev.smt.feature.TopK;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.catalog.StandingVersions;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.FeatureImportanceRow;
import dev.smt.jobs.table.FeatureSelectionRow;
import dev.smt.jobs.table.ImportanceAgreementRow;
import dev.smt.jobs.table.ImportanceMethodRow;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.TopKCurveRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The step {@code importance}: permutation importance of reference models, the fleet's aggregate, the top K per type, and
 * the template versions that pin the selection (paper, section 3.2.1, Feature Template).
 */
public final class ImportanceStep implements Step {
    /** Cause of the versions that this step publishes. */
    public static final String CAUSE = "feature-selection";

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
        StandingVersions standing = new StandingVersions(warehouse, templates);
        List<Reference> references = references(context, templates, standing, fleet);
        ImportanceRows rows = new ImportanceRows(runId);
        List<String> summary = new ArrayList<>();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Map<String, FleetImportance> byMethod = measure(context, executors, references, summary);
            FleetImportance ranking = byMethod.get(configuration.measures().method());
            warehouse.upsert(
                    FeatureImportanceRow.TABLE,
                    rows.ranking(configuration.measures().method(), ranking));
            List<String> compared = compare(warehouse, rows, byMethod);
            Map<FeatureType, Integer> topK = topK(context, runId, executors, references, ranking, compared);
            FeatureSelection selection = TopK.select(ranking.fleet(), wantedK(ranking.fleet(), topK));
            warehouse.upsert(FeatureSelectionRow.TABLE, rows.selection(selection));
            SelectionVersions versions = new SelectionVersions(warehouse, templates, standing, topK);
            Map<String, String> outputs = versions.publish(inUse(fleet), runId, selection);
            summary.addAll(versions.lines());
            summary.addAll(ranking.summary());
            summary.addAll(compared);
            return new StepResult(summary, outputs, tables(byMethod.size() > 1));
        }
    }

    private List<String> tables(boolean compared) {
        List<String> tables =
                new ArrayList<>(List.of("feature_importance", "feature_selection", "importance_agreement"));
        if (compared) {
            tables.add("importance_methods");
        }
        if (!configuration.knee().types().isEmpty()) {
            tables.add("top_k_curve");
        }
        tables.add("template_versions");
        return tables;
    }

    private List<Reference> references(
            RunContext context, PublishedTemplates templates, StandingVersions standing, FleetInputs fleet) {
        List<FleetModel> models = configuration.allModels()
                ? fleet.models()
                : fleet.models(StudyModels.roles(context).stream()
                        .filter(RepresentativeRow::isRepresentative)
                        .map(RepresentativeRow::modelId)
                        .toList());
        return models.stream()
                .map(model -> {
                    Template reference = ReferenceTemplate.of(templates.template(standing.of(model.template())));
                    long seed = Seeds.training(configuration.seed(), model.id(), 0);
                    return new Reference(
                            model,
                            reference,
                            fleet.trialModel(model, fleet.instantiate(model, reference), seed, List.of()));
                })
                .toList();
    }

    /** The fleet's importances by method. */
    private Map<String, FleetImportance> measure(
            RunContext context, ExecutorFanOut executors, List<Reference> references, List<String> summary) {
        FeatureMeasurements measurements =
                new FeatureMeasurements(configuration.measures(), executors, context.progress());
        Map<String, FleetImportance> byMethod = new LinkedHashMap<>();
        measurements.of(references).forEach((method, byModel) -> {
            Map<String, Double> weights = new TreeMap<>();
            references.stream()
                    .map(Reference::model)
                    .filter(model -> byModel.containsKey(model.id()))
                    .forEach(model -> weights.put(model.id(), model.weight()));
            byMethod.put(method, FleetImportance.of(byModel, weights));
        });
        summary.addAll(measurements.problems());
        return byMethod;
    }

    /** Keeps the agreement of models and methods; lines for the user on the methods. */
    private List<String> compare(Warehouse warehouse, ImportanceRows rows, Map<String, FleetImportance> byMethod) {
        String method = configuration.measures().method();
        FleetImportance ranking = byMethod.get(method);
        List<ImportanceAgreementRow> agreements = new ArrayList<>(rows.ofModels(ranking));
        List<String> lines = new ArrayList<>();
        byMethod.forEach((other, importance) -> {
            if (!other.equals(method)) {
                warehouse.upsert(ImportanceMethodRow.TABLE, rows.compared(other, importance));
                ImportanceAgreementRow agreement = rows.ofMethods(method, ranking, other, importance);
                agreements.add(agreement);
                agreement
                        .tau()
                        .ifPresent(tau -> lines.add(String.format(
                                Locale.ROOT,
                                "%s and %s agree on %d features with a Kendall tau of %.2f",
                                method,
                                other,
                                agreement.features(),
                                tau)));
            }
        });
        warehouse.upsert(ImportanceAgreementRow.TABLE, agreements);
        return lines;
    }

    /** K of the types that have one, as configured or as their curve has it. */
    private Map<FeatureType, Integer> topK(
            RunContext context,
            String runId,
            ExecutorFanOut executors,
            List<Reference> references,
            FleetImportance ranking,
            List<String> lines) {
        EnumMap<FeatureType, Integer> topK = new EnumMap<>(FeatureType.class);
        topK.putAll(configuration.topK());
        if (!configuration.knee().types().isEmpty()) {
            List<TopKCurveRow> curve = new TopKCurve(
                            new FleetInputs(context.warehouse()), executors, context.progress())
                    .of(
                            runId,
                            configuration.knee().types(),
                            references.stream()
                                    .filter(reference -> ranking.byModel()
                                            .containsKey(reference.model().id()))
                                    .toList(),
                            ranking.fleet(),
                            configuration.knee().loss());
            context.warehouse().upsert(TopKCurveRow.TABLE, curve);
            curve.stream().filter(TopKCurveRow::chosen).forEach(row -> {
                topK.put(FeatureType.valueOf(row.featureType()), row.k());
                lines.add(String.format(
                        Locale.ROOT,
                        "the %d most important features of type %s are enough: %.3f %% of NE, standard error %.3f, %.2f x the bytes",
                        row.k(),
                        row.featureType().toLowerCase(Locale.ROOT),
                        row.neDelta().orElse(Double.NaN),
                        row.neDeltaSe().orElse(Double.NaN),
                        row.bytesRatio()));
            });
        }
        return topK;
    }

    /** Points of the curve of a type with so many features, but for the last, which all share. */
    public static int curvePoints(int features) {
        return TopKCurve.sizes(features).size();
    }

    /** How many tasks measure so many models, each with a training of its own. */
    public static long tasks(int slots, int models) {
        return FeatureMeasurements.tasks(slots, models);
    }

    private static Map<FeatureType, Integer> wantedK(List<FeatureImportance> fleet, Map<FeatureType, Integer> topK) {
        EnumMap<FeatureType, Integer> k = new EnumMap<>(FeatureType.class);
        fleet.forEach(feature -> k.merge(feature.type(), 1, Integer::sum));
        k.replaceAll((type, available) -> Math.min(available, topK.getOrDefault(type, available)));
        return k;
    }

    /** The templates that serve a model of the fleet, by name: the others would get versions that nothing tests. */
    private static SortedSet<String> inUse(FleetInputs fleet) {
        return fleet.models().stream().map(FleetModel::template).collect(Collectors.toCollection(TreeSet::new));
    }
}
