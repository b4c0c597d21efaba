package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/** One number that a study of cycles says, with its interval: table {@code study_findings}. */
public record StudyFindingRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study of cycles") String studyId,
        @Column("what is said: docs/study.md explains each") String finding,
        @Column("templates, fragmented, or both where the two are compared") String way,
        @Column("models that it is of") int models,
        @Column("the number; its unit follows from the finding") OptionalDouble value,
        @Column("lower end of its 95 percent interval") OptionalDouble low,
        @Column("upper end") OptionalDouble high,
        @Column("probability of a number this far off by chance; empty where nothing is tested") OptionalDouble pValue,
        @Column("the same by Wilcoxon's signed ranks") OptionalDouble rankPValue,
        @Column("of a hypothesis: holds, does not hold, or open") Optional<String> verdict) {
    public static final Table<StudyFindingRow> TABLE =
            Table.of("study_findings", StudyFindingRow.class, "study_id", "finding", "way");
}
