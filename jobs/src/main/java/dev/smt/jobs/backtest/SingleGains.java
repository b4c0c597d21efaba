package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The gains that the study measured for each technique alone, on the models of one template. */
final class SingleGains {
    private SingleGains() {}

    /**
     * Technique to its weighted mean delta at theta* over those of the models that the study, or the holdout step, tried it
     * on; percent NE, 0 where that is none of them.
     */
    static Map<String, Double> of(Warehouse warehouse, List<TechniqueDecisionRow> decisions, List<FleetModel> models) {
        Map<String, Double> weights = models.stream().collect(Collectors.toMap(FleetModel::id, FleetModel::weight));
        Map<String, Double> gains = new TreeMap<>();
        decisions.forEach(decision -> gains.put(decision.technique(), gain(atThetaStar(warehouse, decision), weights)));
        return gains;
    }

    private static double gain(List<TrialModelRow> rows, Map<String, Double> weights) {
        double total = 0;
        double sum = 0;
        for (TrialModelRow row : rows) {
            if (weights.containsKey(row.modelId()) && row.neDelta().isPresent()) {
                total += weights.get(row.modelId());
                sum += weights.get(row.modelId()) * row.neDelta().getAsDouble();
            }
        }
        return total > 0 ? sum / total : 0;
    }

    private static List<TrialModelRow> atThetaStar(Warehouse warehouse, TechniqueDecisionRow decision) {
        Column ofTechnique = functions
                .col("study_id")
                .equalTo(decision.studyId())
                .and(functions.col("technique").equalTo(decision.technique()));
        Set<Integer> trials = warehouse
                .rows(
                        TrialRow.TABLE,
                        ofTechnique.and(functions
                                .col("theta")
                                .equalTo(decision.thetaStar().orElseThrow())))
                .stream()
                .map(TrialRow::trial)
                .collect(Collectors.toSet());
        trials.add(TrialModelRow.HOLDOUT_TRIAL);
        return warehouse.rows(
                TrialModelRow.TABLE, ofTechnique.and(functions.col("trial").isin(trials.toArray())));
    }
}
