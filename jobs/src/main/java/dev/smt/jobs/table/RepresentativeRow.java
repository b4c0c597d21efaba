package dev.smt.jobs.table;

/** A model's cluster and role: table {@code representatives}. */
public record RepresentativeRow(
        @Column("the run that wrote the row") String runId,
        @Column("the model") String modelId,
        @Column("its cluster, from 0") int cluster,
        @Column("distance to the cluster's centroid in the attribute space") double distance,
        @Column("the model stands for its cluster in studies") boolean isRepresentative,
        @Column("the model is in the holdout set") boolean isHoldout,
        @Column("first principal coordinate, for the plot") double pc1,
        @Column("second principal coordinate, for the plot") double pc2) {
    public static final Table<RepresentativeRow> TABLE =
            Table.of("representatives", RepresentativeRow.class, "run_id", "model_id");
}
