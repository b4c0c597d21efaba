package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The sum of the gains that the study measured for each technique alone, on the models of one template. */
final class SingleGains {
    private SingleGains() {}

    /**
     * Over the techniques that are in {@code next} and not in {@code base}: each one's weighted mean delta at theta* over
     * those of the models that the study, or the holdout step, tried it on; percent NE.
     */
    static double of(
            RunContext context,
            TemplateVersionRow next,
            TemplateVersionRow base,
            List<FleetModel> models,
            List<TechniqueDecisionRow> decisions) {
        Set<String> added = new HashSet<>(RunJson.texts(next.techniques()).keySet());
        added.removeAll(RunJson.texts(base.techniques()).keySet());
        Map<String, Double> weights = models.stream().collect(Collectors.toMap(FleetModel::id, FleetModel::weight));
        return decisions.stream()
                .filter(decision -> added.contains(decision.technique()))
                .mapToDouble(decision -> gain(atThetaStar(context, decision), weights))
                .sum();
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

    private static List<TrialModelRow> atThetaStar(RunContext context, TechniqueDecisionRow decision) {
        Column ofTechnique = functions
                .col("study_id")
                .equalTo(decision.studyId())
                .and(functions.col("technique").equalTo(decision.technique()));
        Set<Integer> trials = context
                .warehouse()
                .rows(
                        TrialRow.TABLE,
                        ofTechnique.and(functions
                                .col("theta")
                                .equalTo(decision.thetaStar().orElseThrow())))
                .stream()
                .map(TrialRow::trial)
                .collect(Collectors.toSet());
        trials.add(TrialModelRow.HOLDOUT_TRIAL);
        return context.warehouse()
                .rows(
                        TrialModelRow.TABLE,
                        ofTechnique.and(functions.col("trial").isin(trials.toArray())));
    }
}
