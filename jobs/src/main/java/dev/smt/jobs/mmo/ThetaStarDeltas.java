package dev.smt.jobs.mmo;

import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Each model's delta at a technique's theta*: the mean of its fresh replicates, or the search's own delta where it has
 * none. The search chose theta* by its own deltas, so these flatter.
 */
public final class ThetaStarDeltas {
    /** The replicate that the search itself trained. */
    private static final int SEARCH = 0;

    private ThetaStarDeltas() {}

    /** Percent NE by representative model; a model that failed or was skipped is not there. */
    public static Map<String, Double> ofStudy(Warehouse warehouse, TechniqueDecisionRow decision) {
        Set<Integer> trials = warehouse
                .rows(
                        TrialRow.TABLE,
                        of(decision)
                                .and(functions
                                        .col("theta")
                                        .equalTo(decision.thetaStar().orElseThrow())))
                .stream()
                .map(TrialRow::trial)
                .collect(Collectors.toSet());
        return of(warehouse, decision, trials);
    }

    /** Percent NE by model of the holdout set. */
    public static Map<String, Double> ofHoldout(Warehouse warehouse, TechniqueDecisionRow decision) {
        return of(warehouse, decision, Set.of(TrialModelRow.HOLDOUT_TRIAL));
    }

    private static Map<String, Double> of(
            Warehouse warehouse, TechniqueDecisionRow decision, Collection<Integer> trials) {
        return byModel(warehouse.rows(
                TrialModelRow.TABLE, of(decision).and(functions.col("trial").isin(trials.toArray()))));
    }

    private static Column of(TechniqueDecisionRow decision) {
        return functions
                .col("study_id")
                .equalTo(decision.studyId())
                .and(functions.col("technique").equalTo(decision.technique()));
    }

    /** The deltas that count, of rows of one theta. */
    public static Map<String, Double> byModel(List<TrialModelRow> rows) {
        Map<String, List<TrialModelRow>> byModel = rows.stream()
                .filter(row -> row.neDelta().isPresent())
                .collect(Collectors.groupingBy(TrialModelRow::modelId, TreeMap::new, Collectors.toList()));
        Map<String, Double> deltas = new TreeMap<>();
        byModel.forEach((model, all) -> {
            List<TrialModelRow> fresh =
                    all.stream().filter(row -> row.replicate() != SEARCH).toList();
            deltas.put(
                    model,
                    (fresh.isEmpty() ? all : fresh)
                            .stream()
                                    .mapToDouble(row -> row.neDelta().getAsDouble())
                                    .average()
                                    .orElseThrow());
        });
        return deltas;
    }
}
