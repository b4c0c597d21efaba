package dev.smt.jobs.table;

/** A technique that reached a model: table {@code adoption}. */
public record AdoptionRow(
        @Column("the run that wrote the row") String runId,
        @Column("number of the cycle") int cycle,
        @Column("the model") String modelId,
        @Column("the technique") String technique,
        @Column("the template that brought it") String template,
        @Column("its version") int version) {
    public static final Table<AdoptionRow> TABLE =
            Table.of("adoption", AdoptionRow.class, "cycle", "model_id", "technique");
}
