package dev.smt.jobs.cli;

import dev.smt.feature.FeatureType;
import dev.smt.jobs.generate.GenerateConfiguration;
import dev.smt.jobs.generate.WorldTruth;
import dev.smt.jobs.generate.WorldTruth.TechniqueTruth;
import dev.smt.jobs.mmo.DecisionText;
import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.FeatureImportanceRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.trial.StudyModels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;
import smile.validation.metric.AdjustedRandIndex;

/** What a cycle found on a generated world, beside what was planted in it. */
record DemoFindings(RunContext context, WorldTruth truth, GenerateConfiguration world) {
    private static final int HELD_OUT_SHARE = 7;

    List<String> lines() {
        List<String> lines = new ArrayList<>(features());
        lines.add(clusters());
        lines.addAll(techniques());
        lines.add(oracle());
        return lines;
    }

    private List<String> features() {
        String run = context.finished("importance").runId();
        Map<String, List<FeatureImportanceRow>> byType = context
                .warehouse()
                .rows(
                        FeatureImportanceRow.TABLE,
                        functions
                                .col("run_id")
                                .equalTo(run)
                                .and(functions.col("model_id").equalTo(FeatureImportanceRow.FLEET)))
                .stream()
                .sorted(Comparator.comparingInt(FeatureImportanceRow::rank))
                .collect(Collectors.groupingBy(FeatureImportanceRow::featureType));
        List<String> lines = new ArrayList<>();
        for (FeatureType type : FeatureType.values()) {
            Set<String> informative = truth.features().features().stream()
                    .filter(feature -> feature.type() == type && feature.informative())
                    .map(feature -> feature.name())
                    .collect(Collectors.toSet());
            List<FeatureImportanceRow> ranked = byType.getOrDefault(type.name(), List.of());
            long found = ranked.stream()
                    .limit(informative.size())
                    .filter(row -> informative.contains(row.feature()))
                    .count();
            if (!informative.isEmpty()) {
                lines.add("importance: " + found + " of the " + informative.size() + " informative "
                        + type.name().toLowerCase(Locale.ROOT) + " features are the " + informative.size()
                        + " most important of " + ranked.size());
            }
        }
        return lines;
    }

    private String clusters() {
        Map<String, Integer> planted = truth.clusterOfModel();
        List<RepresentativeRow> roles = StudyModels.roles(context);
        int[] found = roles.stream().mapToInt(RepresentativeRow::cluster).toArray();
        int[] wanted =
                roles.stream().mapToInt(row -> planted.get(row.modelId())).toArray();
        return String.format(
                Locale.ROOT,
                "representatives: %d clusters found, %d planted; agreement (adjusted Rand index) %.2f",
                roles.stream().filter(RepresentativeRow::isRepresentative).count(),
                truth.clusters().clusters().size(),
                AdjustedRandIndex.of(wanted, found));
    }

    private List<String> techniques() {
        Map<String, TechniqueTruth> expected = truth.techniques().techniques().stream()
                .collect(Collectors.toMap(TechniqueTruth::technique, Function.identity()));
        List<String> lines = new ArrayList<>();
        for (TechniqueDecisionRow decision : TechniqueDecisions.of(context)) {
            TechniqueTruth planted = expected.get(decision.technique());
            lines.add("technique " + decision.technique() + ": "
                    + (decision.accepted() ? "accepted" : "rejected, " + DecisionText.reason(decision))
                    + (planted == null ? "" : "; truth: " + planted.verdict() + ", " + planted.why()));
        }
        return lines;
    }

    private String oracle() {
        Map<String, FleetModelRow> fleet = context.warehouse().rows(FleetModelRow.TABLE).stream()
                .collect(Collectors.toMap(FleetModelRow::modelId, Function.identity()));
        int heldOut = Math.max(1, world.days() / HELD_OUT_SHARE);
        String run = context.finished("iterate").runId();
        List<ModelIterationRow> shipped =
                context
                        .warehouse()
                        .rows(ModelIterationRow.TABLE, functions.col("run_id").equalTo(run))
                        .stream()
                        .filter(row -> row.outcome().equals(ModelIterationRow.SHIPPED))
                        .toList();
        double base = mean(shipped, row -> row.neBase().orElseThrow());
        double rebuilt = mean(shipped, row -> row.ne().orElseThrow());
        double oracle = mean(shipped, row -> {
            FleetModelRow model = fleet.get(row.modelId());
            return truth.oracleNe(
                    model.pipeline(), model.label(), world.days() - 2 * heldOut, world.days() - heldOut, world.days());
        });
        return shipped.isEmpty()
                ? "no model was shipped"
                : String.format(
                        Locale.ROOT,
                        "%d shipped models, mean NE on test rows: %.4f in production, %.4f rebuilt, %.4f at best"
                                + " (the true probabilities)",
                        shipped.size(),
                        base,
                        rebuilt,
                        oracle);
    }

    private static double mean(List<ModelIterationRow> rows, Function<ModelIterationRow, Double> value) {
        return rows.stream().mapToDouble(value::apply).average().orElse(Double.NaN);
    }
}
