package dev.smt.jobs.table;

/** A log row that is in no examples, because it breaks the data contract; at most 1,000 of a run: table {@code quarantine}. */
public record QuarantineRow(
        @Column("the run that wrote the row") String runId,
        @Column("from 1") int number,
        @Column("the rules that it breaks") String rules,
        @Column("its columns, JSON, cut after 4,000 characters") String record) {
    public static final Table<QuarantineRow> TABLE = Table.of("quarantine", QuarantineRow.class, "run_id", "number");
}
