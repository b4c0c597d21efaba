package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** What a rule of the data contract found: table {@code data_checks}. */
public record DataCheckRow(
        @Column("the run that wrote the row") String runId,
        @Column("ROW: of each row; TABLE: of all rows together; DRIFT: against the version before") String kind,
        @Column("the rule") String name,
        @Column("the data pipeline; * for all rows") String pipeline,
        @Column("bad rows, the aggregate, or the population stability index; empty where there is none")
                OptionalDouble value,
        @Column("what is allowed") String allowed,
        @Column("whether the rule held; a row's rule holds where few enough rows are bad") boolean held) {
    public static final Table<DataCheckRow> TABLE =
            Table.of("data_checks", DataCheckRow.class, "run_id", "kind", "name", "pipeline");
}
