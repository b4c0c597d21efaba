package dev.smt.jobs.table;

/** What the models that resisted templates have in common: table {@code study_contrasts}. */
public record StudyContrastRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study of cycles") String studyId,
        @Column("an attribute of the fleet's models") String attribute,
        @Column("one of its values") String value,
        @Column("models that resisted and have it") int resisting,
        @Column("models that resisted") int ofResisting,
        @Column("other models that have it") int others,
        @Column("other models") int ofOthers,
        @Column(
                        "probability of as many or more by chance (Fisher's exact test), corrected for all values looked at (Holm)")
                double pValue) {
    public static final Table<StudyContrastRow> TABLE =
            Table.of("study_contrasts", StudyContrastRow.class, "study_id", "attribute", "value");
}
