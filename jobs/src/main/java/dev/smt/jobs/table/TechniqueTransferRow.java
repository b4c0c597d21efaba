package dev.smt.jobs.table;

import java.util.OptionalDouble;

/**
 * Whether a technique's deltas on the representatives foretell those on the holdout models: table
 * {@code technique_transfer}.
 */
public record TechniqueTransferRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("holdout models that have a delta, and whose cluster's representative has one at theta*") int pairs,
        @Column("clusters that these holdout models are of: the pairs of a cluster share what is foretold")
                int clusters,
        @Column(
                        value =
                                "mean over the pairs of the delta foretold: the representative's, from fresh replicates where there are any",
                        unit = "percent NE")
                OptionalDouble predictedDelta,
        @Column(value = "mean over the pairs of the holdout model's delta", unit = "percent NE")
                OptionalDouble holdoutDelta,
        @Column("Pearson's correlation of the two; empty with fewer than 3 pairs, or where all of the foretold or all"
                        + " of the holdout deltas are equal")
                OptionalDouble holdoutCorrelation,
        @Column("lower end of its 95 percent interval (Fisher's z); empty with fewer than 4 pairs")
                OptionalDouble holdoutCorrelationLow,
        @Column("upper end of it") OptionalDouble holdoutCorrelationHigh) {
    public static final Table<TechniqueTransferRow> TABLE =
            Table.of("technique_transfer", TechniqueTransferRow.class, "study_id", "technique");
}
