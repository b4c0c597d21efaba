package dev.smt.jobs.holdout;

import dev.smt.jobs.mmo.ThetaStarDeltas;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TechniqueTransferRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.StudyModels;
import java.util.List;

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
        Transfer transfer =
                Transfer.of(roles, ThetaStarDeltas.ofStudy(warehouse, decision), ThetaStarDeltas.byModel(holdout));
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
}
