package dev.smt.jobs.table;

import java.time.Instant;

/** What an exported model predicts for one row and event: table {@code predictions}. */
public record PredictionRow(
        @Column("the run that wrote the row") String runId,
        @Column("the model") String modelId,
        @Column("SHA-256 of the model's file, hex") String modelChecksum,
        @Column("the encoded data that the row is of") String dataVersion,
        @Column("train, validation or test") String split,
        @Column("number of the row in its split, from 0, in the order of time") long rowNumber,
        @Column("hash of the row's content, by which it is found in the logs") long rowHash,
        @Column("time of the row") Instant rowTime,
        @Column("the label that is predicted") String event,
        @Column("probability of a 0/1 label; an amount; the expected level") double prediction) {
    public static final Table<PredictionRow> TABLE =
            Table.of("predictions", PredictionRow.class, "model_id", "split", "row_number", "event");
}
