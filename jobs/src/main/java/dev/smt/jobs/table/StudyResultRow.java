package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/** What a model gained over all cycles of a study, in one of the two ways: table {@code study_results}. */
public record StudyResultRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study of cycles") String studyId,
        @Column("templates or fragmented") String way,
        @Column("the model") String modelId,
        @Column("representative, holdout or other") String role,
        @Column("whether the model is another one than when the study began") boolean changed,
        @Column("techniques that it has shipped") int techniques,
        @Column(
                        value =
                                "NE delta against what it ran when the study began, on the test rows that decide nothing, mean over"
                                        + " fresh seeds; 0 where it did not change; empty when a training failed",
                        unit = "percent NE")
                OptionalDouble neDelta,
        @Column(value = "standard error of the delta, of rows and seeds", unit = "percent NE") OptionalDouble neDeltaSe,
        @Column(value = "inference FLOPs / those when the study began", unit = "ratio") OptionalDouble flopsRatio,
        @Column(value = "parameter bytes / those when the study began", unit = "ratio") OptionalDouble bytesRatio,
        @Column("why a training failed") Optional<String> reason) {
    public static final Table<StudyResultRow> TABLE =
            Table.of("study_results", StudyResultRow.class, "study_id", "way", "model_id");
}
