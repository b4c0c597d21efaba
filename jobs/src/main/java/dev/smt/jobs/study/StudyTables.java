package dev.smt.jobs.study;

import dev.smt.jobs.table.AdoptionRow;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.StudyCycleRow;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.Warehouse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;

/** What the cycles of a study left in the tables. */
record StudyTables(Warehouse warehouse, String studyId) {
    /** Where a finding compares the two ways. */
    static final String BOTH = "both";

    List<StudyCycleRow> cycles() {
        return ofStudy(StudyCycleRow.TABLE);
    }

    /** All models' iterations by templates, of all cycles. */
    List<ModelIterationRow> iterations() {
        return ofRuns(ModelIterationRow.TABLE, templateRuns(Integer.MAX_VALUE));
    }

    /** First-time pairs that shipped, by way and model. */
    Map<String, Map<String, Integer>> pairs() {
        Map<String, Integer> alone = new HashMap<>();
        ofStudy(FragmentedIterationRow.TABLE).forEach(row -> alone.merge(row.modelId(), row.added(), Integer::sum));
        return Map.of(
                StudyCycleRow.TEMPLATES,
                pairs(templateRuns(Integer.MAX_VALUE)).counts(),
                StudyCycleRow.FRAGMENTED,
                alone);
    }

    /**
     * First-time pairs of a cycle by templates.
     *
     * @param run the cycle's step that rebuilt the models
     */
    int newPairs(int cycle, String run) {
        Set<String> before = templateRuns(cycle);
        Set<String> now = new HashSet<>(before);
        now.add(run);
        List<ModelIterationRow> iterations = ofRuns(ModelIterationRow.TABLE, now);
        List<AdoptionRow> adopted = ofRuns(AdoptionRow.TABLE, now);
        List<AdoptionRow> adoptedBefore =
                adopted.stream().filter(row -> before.contains(row.runId())).toList();
        return ShippedPairs.of(iterations, adopted).count()
                - ShippedPairs.of(iterations, adoptedBefore).count();
    }

    private ShippedPairs pairs(Set<String> runs) {
        return ShippedPairs.of(ofRuns(ModelIterationRow.TABLE, runs), ofRuns(AdoptionRow.TABLE, runs));
    }

    /** The steps that rebuilt the models, of the cycles before one. */
    private Set<String> templateRuns(int before) {
        return cycles().stream()
                .filter(row -> row.way().equals(StudyCycleRow.TEMPLATES) && row.cycle() < before)
                .map(StudyCycleRow::runId)
                .collect(Collectors.toSet());
    }

    private <R extends Record> List<R> ofRuns(Table<R> table, Set<String> runs) {
        return warehouse.rows(table, functions.col("run_id").isin(runs.toArray()));
    }

    private <R extends Record> List<R> ofStudy(Table<R> table) {
        return warehouse.rows(table, functions.col("study_id").equalTo(studyId));
    }
}
