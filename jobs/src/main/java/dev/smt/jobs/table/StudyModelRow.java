package dev.smt.jobs.table;

import java.util.Optional;

/** What a model ran in production when a study of several cycles began: table {@code study_models}. */
public record StudyModelRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study of cycles: the run that began it") String studyId,
        @Column("the model") String modelId,
        @Column("the template version that it ran, as in fleet_models") String baseline,
        @Column("its own values of exposed fields, JSON by path; empty: the template's") Optional<String> tuned) {
    public static final Table<StudyModelRow> TABLE =
            Table.of("study_models", StudyModelRow.class, "study_id", "model_id");
}
