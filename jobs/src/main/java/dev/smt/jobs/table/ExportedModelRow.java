package dev.smt.jobs.table;

import java.time.Instant;
import java.util.OptionalDouble;

/** A trained model in a file: table {@code exported_models}. */
public record ExportedModelRow(
        @Column("the run that wrote the row") String runId,
        @Column("the model") String modelId,
        @Column("its template") String template,
        @Column("the template's version") int version,
        @Column("the data pipeline") String pipeline,
        @Column("the encoded data that it was trained on, and whose ids it knows") String dataVersion,
        @Column("seed of the training") long seed,
        @Column("canonical hash of the instantiated model: of what its training depends on") String specHash,
        @Column("canonical hash of how it is served") String servingHash,
        @Column("the file, below the warehouse") String file,
        @Column("SHA-256 of the file, hex") String checksum,
        @Column(value = "size of the file", unit = "bytes") long fileBytes,
        @Column(value = "normalized entropy of the main event on the validation rows, as served", unit = "ratio")
                OptionalDouble ne,
        @Column(value = "normalized entropy of the main event on the test rows, as served", unit = "ratio")
                OptionalDouble testNe,
        @Column("when it was exported") Instant exportedAt) {
    public static final Table<ExportedModelRow> TABLE = Table.of(
            "exported_models", ExportedModelRow.class, "model_id", "spec_hash", "serving_hash", "data_version", "seed");
}
