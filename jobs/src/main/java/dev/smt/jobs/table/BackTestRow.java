package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/** A new template version, or one without some of its techniques, against its parent on one model: table {@code back_tests}. */
public record BackTestRow(
        @Column("the run that wrote the row") String runId,
        @Column("the template") String template,
        @Column("the new version") int version,
        @Column("techniques that were left out of it, with commas between them; empty: the version as it is")
                Optional<String> leftOut,
        @Column("the model") String modelId,
        @Column(
                        value = "NE delta against the parent version on the test rows; empty when the training failed",
                        unit = "percent NE")
                OptionalDouble neDelta,
        @Column(value = "standard error of the delta", unit = "percent NE") OptionalDouble neDeltaSe,
        @Column(value = "inference FLOPs / the parent version's", unit = "ratio") double flopsRatio,
        @Column("the model does not regress") boolean passed,
        @Column("why the training failed") Optional<String> reason,
        @Column(value = "parameter bytes / the parent version's; empty in rows of earlier versions", unit = "ratio")
                OptionalDouble bytesRatio) {
    public static final Table<BackTestRow> TABLE =
            Table.of("back_tests", BackTestRow.class, "run_id", "template", "version", "left_out", "model_id");
}
