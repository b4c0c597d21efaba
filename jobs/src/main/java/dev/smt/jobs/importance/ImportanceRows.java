package dev.smt.jobs.importance;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.feature.FeatureSelection;
import dev.smt.importance.RankAgreement;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.FeatureImportanceRow;
import dev.smt.jobs.table.FeatureSelectionRow;
import dev.smt.jobs.table.ImportanceAgreementRow;
import dev.smt.jobs.table.ImportanceMethodRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the step writes to its tables. */
record ImportanceRows(String runId) {

    /** A feature at its rank in a model's order, or the fleet's. */
    private interface RankedRow<R> {
        R of(String model, FeatureImportance feature, int rank);
    }

    /** The models' rankings, and the fleet's. */
    List<FeatureImportanceRow> ranking(String method, FleetImportance importance) {
        return ranked(
                importance,
                (model, feature, rank) -> new FeatureImportanceRow(
                        runId,
                        model,
                        feature.feature(),
                        feature.type().name(),
                        method,
                        feature.importance(),
                        Cells.finite(feature.standardError()),
                        rank));
    }

    /** The same of a method that the ranking is compared with. */
    List<ImportanceMethodRow> compared(String method, FleetImportance importance) {
        return ranked(
                importance,
                (model, feature, rank) -> new ImportanceMethodRow(
                        runId,
                        method,
                        model,
                        feature.feature(),
                        feature.type().name(),
                        feature.importance(),
                        Cells.finite(feature.standardError()),
                        rank));
    }

    private static <R> List<R> ranked(FleetImportance importance, RankedRow<R> row) {
        Map<String, List<FeatureImportance>> all = new TreeMap<>(importance.byModel());
        all.put(FeatureImportanceRow.FLEET, importance.fleet());
        List<R> rows = new ArrayList<>();
        all.forEach((model, importances) -> {
            int rank = 1;
            for (FeatureImportance feature : FeatureRanking.of(importances)) {
                rows.add(row.of(model, feature, rank++));
            }
        });
        return rows;
    }

    /** How far every two models agree. */
    List<ImportanceAgreementRow> ofModels(FleetImportance ranking) {
        return ranking.pairs().stream()
                .map(pair -> row(ImportanceAgreementRow.MODELS, pair.one(), pair.other(), pair.agreement()))
                .toList();
    }

    /** How far two methods agree over the fleet. */
    ImportanceAgreementRow ofMethods(String one, FleetImportance first, String other, FleetImportance second) {
        return row(ImportanceAgreementRow.METHODS, one, other, RankAgreement.of(first.fleet(), second.fleet()));
    }

    private ImportanceAgreementRow row(String compared, String one, String other, RankAgreement agreement) {
        return new ImportanceAgreementRow(runId, compared, one, other, agreement.features(), agreement.tau());
    }

    List<FeatureSelectionRow> selection(FeatureSelection selection) {
        List<FeatureSelectionRow> rows = new ArrayList<>();
        selection.selected().forEach((type, names) -> {
            for (int i = 0; i < names.size(); i++) {
                rows.add(new FeatureSelectionRow(runId, type.name(), names.get(i), i + 1));
            }
        });
        return rows;
    }
}
