package dev.smt.jobs.mmo;

import dev.smt.bayes.EarlierTrial;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValuesJson;
import dev.smt.search.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The trials of a study, as the tables {@code trials} and {@code trial_models} have them. */
public final class TrialLedger {
    private final Warehouse warehouse;
    private final String studyId;

    public TrialLedger(Warehouse warehouse, String studyId) {
        this.warehouse = warehouse;
        this.studyId = studyId;
    }

    public String studyId() {
        return studyId;
    }

    /** The trials of a technique, by number, with the models by id; SKIPPED ones were not evaluated. */
    public List<CompletedTrial> completed(String technique, SearchSpace space) {
        return completed(technique, space, trial -> true);
    }

    private List<CompletedTrial> completed(String technique, SearchSpace space, Predicate<TrialRow> which) {
        List<TrialRow> trials = warehouse.rows(TrialRow.TABLE, ofTechnique(technique)).stream()
                .filter(which)
                .toList();
        if (trials.isEmpty()) {
            return List.of();
        }
        Map<Integer, List<TrialModelRow>> models =
                warehouse
                        .rows(
                                TrialModelRow.TABLE,
                                ofTechnique(technique)
                                        .and(functions.col("replicate").equalTo(0)))
                        .stream()
                        .collect(Collectors.groupingBy(TrialModelRow::trial));
        return trials.stream()
                .sorted(Comparator.comparingInt(TrialRow::trial))
                .map(trial -> completed(trial, models.get(trial.trial()), space))
                .toList();
    }

    /** The deltas of a fresh replicate of a trial, from 1; none where it is not done. */
    List<ModelDelta> replicate(String technique, int trial, int number) {
        return warehouse
                .rows(
                        TrialModelRow.TABLE,
                        ofTechnique(technique)
                                .and(functions.col("trial").equalTo(trial))
                                .and(functions.col("replicate").equalTo(number)))
                .stream()
                .map(TrialLedger::delta)
                .toList();
    }

    /**
     * The trials of a technique in the other studies that have decided on it, by study and number. Thetas that are not of
     * the space are left out.
     */
    public List<EarlierTrial> earlier(String technique, SearchSpace space) {
        Column others = functions
                .col("study_id")
                .notEqual(studyId)
                .and(functions.col("technique").equalTo(technique));
        return warehouse.rows(TechniqueDecisionRow.TABLE, others).stream()
                .map(TechniqueDecisionRow::studyId)
                .sorted()
                .flatMap(study -> new TrialLedger(warehouse, study)
                        .completed(technique, space, trial -> isOf(space, trial.theta())).stream()
                                .map(trial -> new EarlierTrial(study, trial.theta(), trial.deltas())))
                .toList();
    }

    /** Another release's technique may have had other parameters. */
    private static boolean isOf(SearchSpace space, String theta) {
        try {
            ParameterValuesJson.read(space, theta);
            return true;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private static CompletedTrial completed(TrialRow trial, List<TrialModelRow> models, SearchSpace space) {
        List<TrialModelRow> byModel = models.stream()
                .sorted(Comparator.comparing(TrialModelRow::modelId))
                .toList();
        return new CompletedTrial(
                trial.trial(),
                ParameterValuesJson.read(space, trial.theta()),
                byModel.stream()
                        .filter(row -> !TrialModelRows.skipped(row))
                        .map(TrialLedger::delta)
                        .toList(),
                byModel.stream()
                        .filter(TrialModelRows::skipped)
                        .map(TrialModelRow::modelId)
                        .toList(),
                trial.flopsRatio());
    }

    private Column ofTechnique(String technique) {
        return functions
                .col("study_id")
                .equalTo(studyId)
                .and(functions.col("technique").equalTo(technique));
    }

    private static ModelDelta delta(TrialModelRow row) {
        return row.neDelta().isEmpty()
                ? ModelDelta.failure(row.modelId())
                : new ModelDelta(
                        row.modelId(),
                        false,
                        row.neDelta().getAsDouble(),
                        row.neDeltaSe().orElse(Double.NaN));
    }
}
