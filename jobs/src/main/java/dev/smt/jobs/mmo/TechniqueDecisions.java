package dev.smt.jobs.mmo;

import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.Warehouse;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.functions;

/** The decisions that studies left in the table {@code technique_decisions}. */
public final class TechniqueDecisions {
    private TechniqueDecisions() {}

    /** The decisions of one study, by technique. */
    public static List<TechniqueDecisionRow> ofStudy(Warehouse warehouse, String studyId) {
        return warehouse
                .rows(TechniqueDecisionRow.TABLE, functions.col("study_id").equalTo(studyId))
                .stream()
                .sorted(Comparator.comparing(TechniqueDecisionRow::technique))
                .toList();
    }
}
