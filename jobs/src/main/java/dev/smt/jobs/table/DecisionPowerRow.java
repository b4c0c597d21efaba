package dev.smt.jobs.table;

/** How often techniques of a known effect are accepted: table {@code decision_power}. */
public record DecisionPowerRow(
        @Column("the run that wrote the row") String runId,
        @Column("simulated: noise drawn as large as measured; trained: one seed's models against another's")
                String noise,
        @Column(value = "true effect on every model; 0 is a technique that does nothing (A/A)", unit = "percent NE")
                double effect,
        @Column("representative models") int models,
        @Column("decisions made") int decisions,
        @Column("accepted by the paper's rule") int acceptedByPaper,
        @Column("accepted by the observed deltas at the posterior's theta*") int acceptedByPosterior,
        @Column("accepted by the probability rule") int acceptedByProbability,
        @Column("rejected by the probability rule") int rejectedByProbability,
        @Column("left open by the probability rule") int open,
        @Column("fresh replicates per decision, on average") double replicates) {
    public static final Table<DecisionPowerRow> TABLE =
            Table.of("decision_power", DecisionPowerRow.class, "run_id", "noise", "effect");
}
