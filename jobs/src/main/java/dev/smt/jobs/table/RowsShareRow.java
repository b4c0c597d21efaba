package dev.smt.jobs.table;

/** A share of the training rows that a study's pilot looked at: table {@code rows_shares}. */
public record RowsShareRow(
        @Column("the run that wrote the row") String runId,
        @Column("hash of what the pilot depends on: models, versions, data, seed, techniques") String inputs,
        @Column(value = "share of the training rows", unit = "ratio") double share,
        @Column("training rows of the smallest representative at this share") long rows,
        @Column("representatives that were trained") int models,
        @Column("techniques that were tried, each at its default theta") int techniques,
        @Column("trainings, on two samples that share no row") long trainings,
        @Column(value = "standard deviation of a delta between samples", unit = "percent NE") double sampleSd,
        @Column(value = "standard deviation of the expected deltas between models", unit = "percent NE") double modelSd,
        @Column("whether the study's trials train on this share") boolean chosen) {
    public static final Table<RowsShareRow> TABLE = Table.of("rows_shares", RowsShareRow.class, "inputs", "share");
}
