package dev.smt.jobs.table;

/** What the replicates say of a technique's true effect on one model: table {@code model_effects}. */
public record ModelEffectRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("the model") String modelId,
        @Column(
                        value = "mean of the deltas that count: the fresh ones, or the search's where there is none",
                        unit = "percent NE")
                double mean,
        @Column(value = "its standard error from rows and seeds", unit = "percent NE") double standardError,
        @Column(value = "the rows' part, which more replicates don't make smaller", unit = "percent NE")
                double rowError,
        @Column(
                        value = "standard deviation of one delta from seed to seed, learned from all models",
                        unit = "percent NE")
                double seedDeviation,
        @Column("how many deltas the mean is of") int replicates,
        @Column(
                        value = "probability that the technique truly regresses the model: its effect is below -alpha",
                        unit = "ratio")
                double regressionProbability) {
    public static final Table<ModelEffectRow> TABLE =
            Table.of("model_effects", ModelEffectRow.class, "study_id", "technique", "model_id");
}
