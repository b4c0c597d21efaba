package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** The importance of a feature for a model, or for the fleet: table {@code feature_importance}. */
public record FeatureImportanceRow(
        @Column("the run that wrote the row") String runId,
        @Column("the model; * is the fleet's aggregate") String modelId,
        @Column("the feature") String feature,
        @Column("NUMERIC, ID, EMBEDDING, TRANSFORM, EVENT or OTHER") String featureType,
        @Column("how it was measured") String method,
        @Column(value = "rise of NE without what the feature says", unit = "percent NE") double importance,
        @Column(value = "its standard error, over the rows; empty where it is not known", unit = "percent NE")
                OptionalDouble importanceSe,
        @Column("1 is the most important of the model") int rank) {
    public static final Table<FeatureImportanceRow> TABLE =
            Table.of("feature_importance", FeatureImportanceRow.class, "run_id", "model_id", "feature");
    public static final String FLEET = "*";
}
