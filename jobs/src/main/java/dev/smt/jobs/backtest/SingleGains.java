package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.mmo.ThetaStarDeltas;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The gains that the study measured for each technique alone, on the models of one template. */
final class SingleGains {
    private SingleGains() {}

    /**
     * Technique to its weighted mean delta at theta* over those of the models that the study, or the holdout step, tried it
     * on; percent NE, 0 where that is none of them.
     */
    static Map<String, Double> of(Warehouse warehouse, List<TechniqueDecisionRow> decisions, List<FleetModel> models) {
        Map<String, Double> gains = new TreeMap<>();
        for (TechniqueDecisionRow decision : decisions) {
            Map<String, Double> deltas = new TreeMap<>(ThetaStarDeltas.ofHoldout(warehouse, decision));
            deltas.putAll(ThetaStarDeltas.ofStudy(warehouse, decision));
            gains.put(decision.technique(), gain(deltas, models));
        }
        return gains;
    }

    private static double gain(Map<String, Double> deltas, List<FleetModel> models) {
        double total = 0;
        double sum = 0;
        for (FleetModel model : models) {
            if (deltas.containsKey(model.id())) {
                total += model.weight();
                sum += model.weight() * deltas.get(model.id());
            }
        }
        return total > 0 ? sum / total : 0;
    }
}
