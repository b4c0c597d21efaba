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
        return warehouse.rows(
                ModelIterationRow.TABLE,
                functions.col("run_id").isin(templateRuns().toArray()));
    }

    /** First-time pairs that shipped, by way and model. */
    Map<String, Map<String, Integer>> pairs() {
        Set<String> changed = iterations().stream()
                .filter(CycleRows::changed)
                .map(row -> row.runId() + "\n" + row.modelId())
                .collect(Collectors.toSet());
        Map<String, Set<String>> byTemplates = new HashMap<>();
        warehouse
                .rows(
                        AdoptionRow.TABLE,
                        functions.col("run_id").isin(templateRuns().toArray()))
                .stream()
                .filter(row -> changed.contains(row.runId() + "\n" + row.modelId()))
                .forEach(row -> byTemplates
                        .computeIfAbsent(row.modelId(), model -> new HashSet<>())
                        .add(row.technique()));
        Map<String, Integer> alone = new HashMap<>();
        ofStudy(FragmentedIterationRow.TABLE).forEach(row -> alone.merge(row.modelId(), row.added(), Integer::sum));
        Map<String, Integer> counts = new HashMap<>();
        byTemplates.forEach((model, techniques) -> counts.put(model, techniques.size()));
        return Map.of(StudyCycleRow.TEMPLATES, counts, StudyCycleRow.FRAGMENTED, alone);
    }

    private Set<String> templateRuns() {
        return cycles().stream()
                .filter(row -> row.way().equals(StudyCycleRow.TEMPLATES))
                .map(StudyCycleRow::runId)
                .collect(Collectors.toSet());
    }

    private <R extends Record> List<R> ofStudy(Table<R> table) {
        return warehouse.rows(table, functions.col("study_id").equalTo(studyId));
    }
}
