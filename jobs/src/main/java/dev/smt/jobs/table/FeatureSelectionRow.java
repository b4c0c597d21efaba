package dev.smt.jobs.table;

/** A feature that the fleet's top-K selection chose: table {@code feature_selection}. */
public record FeatureSelectionRow(
        @Column("the run that wrote the row; a template pins it") String runId,
        @Column("feature type") String featureType,
        @Column("the feature") String feature,
        @Column("1 is the most important of its type") int rank) {
    public static final Table<FeatureSelectionRow> TABLE =
            Table.of("feature_selection", FeatureSelectionRow.class, "run_id", "feature_type", "feature");
}
