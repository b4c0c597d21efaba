package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** What models lose with the K most important features of a type: table {@code top_k_curve}. */
public record TopKCurveRow(
        @Column("the run that wrote the row") String runId,
        @Column("NUMERIC, ID, EMBEDDING, TRANSFORM, EVENT or OTHER") String featureType,
        @Column("features of the type that the models read; all of the other types") int k,
        @Column("models that were trained with them") int models,
        @Column(
                        value = "weighted mean NE delta against the same models with all features; positive is better",
                        unit = "percent NE")
                OptionalDouble neDelta,
        @Column(value = "its standard error", unit = "percent NE") OptionalDouble neDeltaSe,
        @Column(value = "mean of parameter bytes / those with all features", unit = "ratio") double bytesRatio,
        @Column("whether it is the K that the templates take") boolean chosen) {
    public static final Table<TopKCurveRow> TABLE =
            Table.of("top_k_curve", TopKCurveRow.class, "run_id", "feature_type", "k");

    /** The same, as the K that the templates take. */
    public TopKCurveRow taken() {
        return new TopKCurveRow(runId, featureType, k, models, neDelta, neDeltaSe, bytesRatio, true);
    }
}
