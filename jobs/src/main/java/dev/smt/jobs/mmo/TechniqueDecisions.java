package dev.smt.jobs.mmo;

import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.Warehouse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.functions;

/** The decisions that studies left in the table {@code technique_decisions}. */
public final class TechniqueDecisions {
    private static final String STUDY = "study";
    private static final String TECHNIQUES = "techniques";
    private static final String SEPARATOR = ",";

    private TechniqueDecisions() {}

    /** What later steps need to know of a run of {@code mmo}. */
    static Map<String, String> outputs(String studyId, List<String> techniques) {
        return Map.of(STUDY, studyId, TECHNIQUES, String.join(SEPARATOR, techniques));
    }

    /**
     * The decisions of the finished run of {@code mmo}, by technique. Its study may have more, on techniques that were not
     * in its list.
     */
    public static List<TechniqueDecisionRow> of(RunContext context) {
        Map<String, String> outputs = context.outputs("mmo");
        List<TechniqueDecisionRow> all = ofStudy(context.warehouse(), outputs.get(STUDY));
        if (!outputs.containsKey(TECHNIQUES)) {
            return all;
        }
        Set<String> listed = Set.of(outputs.get(TECHNIQUES).split(SEPARATOR));
        return all.stream().filter(row -> listed.contains(row.technique())).toList();
    }

    /** The decisions of one study, by technique. */
    static List<TechniqueDecisionRow> ofStudy(Warehouse warehouse, String studyId) {
        return warehouse
                .rows(TechniqueDecisionRow.TABLE, functions.col("study_id").equalTo(studyId))
                .stream()
                .sorted(Comparator.comparing(TechniqueDecisionRow::technique))
                .toList();
    }
}
