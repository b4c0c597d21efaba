package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** The importance of a feature by a method that the ranking is compared with: table {@code importance_methods}. */
public record ImportanceMethodRow(
        @Column("the run that wrote the row") String runId,
        @Column("how it was measured") String method,
        @Column("the model; * is the fleet's aggregate") String modelId,
        @Column("the feature") String feature,
        @Column("NUMERIC, ID, EMBEDDING, TRANSFORM, EVENT or OTHER") String featureType,
        @Column(value = "rise of NE without what the feature says", unit = "percent NE") double importance,
        @Column(value = "its standard error; empty where it is not known", unit = "percent NE")
                OptionalDouble importanceSe,
        @Column("1 is the most important of the model by this method") int rank) {
    public static final Table<ImportanceMethodRow> TABLE =
            Table.of("importance_methods", ImportanceMethodRow.class, "run_id", "method", "model_id", "feature");
}
