package dev.smt.jobs.holdout;

import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TechniqueTransferRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.StudyModels;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Rows of the table {@code technique_transfer}. */
final class TransferRows {
    private final Warehouse warehouse;
    private final String runId;
    private final List<RepresentativeRow> roles;

    TransferRows(RunContext context, String runId) {
        this.warehouse = context.warehouse();
        this.runId = runId;
        this.roles = StudyModels.roles(context);
    }

    /** @param holdout the rows of the technique's validation */
    TechniqueTransferRow of(TechniqueDecisionRow decision, List<TrialModelRow> holdout) {
        Transfer transfer = Transfer.of(roles, deltas(atThetaStar(decision)), deltas(holdout));
        Transfer.Correlation correlation = transfer.correlation();
        return new TechniqueTransferRow(
                runId,
                decision.studyId(),
                decision.technique(),
                transfer.pairs().size(),
                transfer.clusters(),
                transfer.predictedMean(),
                transfer.realizedMean(),
                correlation.value(),
                correlation.low(),
                correlation.high());
    }

    /** Mean delta by model; a model that failed or was skipped has none. */
    private static Map<String, Double> deltas(List<TrialModelRow> rows) {
        return rows.stream()
                .filter(row -> row.neDelta().isPresent())
                .collect(Collectors.groupingBy(TrialModelRow::modelId, Collectors.averagingDouble(row -> row.neDelta()
                        .getAsDouble())));
    }

    private List<TrialModelRow> atThetaStar(TechniqueDecisionRow decision) {
        Column ofTechnique = functions
                .col("study_id")
                .equalTo(decision.studyId())
                .and(functions.col("technique").equalTo(decision.technique()));
        Object[] trials = warehouse
                .rows(
                        TrialRow.TABLE,
                        ofTechnique.and(functions
                                .col("theta")
                                .equalTo(decision.thetaStar().orElseThrow())))
                .stream()
                .map(TrialRow::trial)
                .toArray();
        return warehouse.rows(
                TrialModelRow.TABLE, ofTechnique.and(functions.col("trial").isin(trials)));
    }
}
