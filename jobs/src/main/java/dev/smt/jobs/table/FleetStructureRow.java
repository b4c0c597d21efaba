package dev.smt.jobs.table;

/** A measure of the fleet's clusters and representatives: table {@code fleet_structure}. */
public record FleetStructureRow(
        @Column("the run that wrote the row") String runId,
        @Column(
                        "STABILITY and LEAST_STABILITY: mean and least adjusted Rand index with the clusters of other seeds; EXPLAINED:"
                                + " share of the attribute's variance that lies between the clusters; DRIVE: the attribute's share of the"
                                + " variance between the clusters; DISTANCE and LARGEST_DISTANCE to the nearest representative;"
                                + " BETTER_THAN_RANDOM: share of random draws with a larger mean distance; MOVED: mean distance to the last"
                                + " run's representatives over that to as many new ones")
                String measure,
        @Column("the attribute, or * for the fleet") String attribute,
        @Column("the measure's value") double value) {
    public static final Table<FleetStructureRow> TABLE =
            Table.of("fleet_structure", FleetStructureRow.class, "run_id", "measure", "attribute");
    public static final String FLEET = "*";
}
