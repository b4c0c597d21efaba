package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** One k of the elbow: table {@code cluster_elbow}. */
public record ClusterElbowRow(
        @Column("the run that wrote the row") String runId,
        @Column("number of clusters that k-means found") int k,
        @Column("within-cluster sum of squared distances") double wssse,
        @Column("mean silhouette; empty where it is not defined") OptionalDouble silhouette,
        @Column("whether this k was chosen") boolean isElbow) {
    public static final Table<ClusterElbowRow> TABLE = Table.of("cluster_elbow", ClusterElbowRow.class, "run_id", "k");
}
