package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A model rebuilt from the latest template version: table {@code model_iterations}. */
public record ModelIterationRow(
        @Column("the run that wrote the row") String runId,
        @Column("number of the cycle") int cycle,
        @Column("the model") String modelId,
        @Column("the template") String template,
        @Column("the version that the model was rebuilt from") int version,
        @Column(
                        value =
                                "normalized entropy on the test rows that decide; the production baseline's where the model stays as it is",
                        unit = "ratio")
                OptionalDouble ne,
        @Column(value = "the production baseline's normalized entropy on the same rows", unit = "ratio")
                OptionalDouble neBase,
        @Column(value = "NE delta against the production baseline", unit = "percent NE") OptionalDouble neDelta,
        @Column(value = "standard error of the delta", unit = "percent NE") OptionalDouble neDeltaSe,
        @Column(value = "inference FLOPs / the production baseline's", unit = "ratio") OptionalDouble flopsRatio,
        @Column("SHIPPED, KEPT_BASELINE or RESISTED") String outcome,
        @Column("why") String reason,
        @Column(
                        value = "parameter bytes / the production baseline's; empty in rows of earlier versions",
                        unit = "ratio")
                OptionalDouble bytesRatio,
        @Column("its own values of the fields that the template exposes, JSON by path; empty: the template's")
                Optional<String> tuned,
        @Column("trainings that looked for these values; empty where none did") OptionalInt tuningTrainings,
        @Column(
                        value =
                                "NE delta on the test rows that decide nothing (evaluation.unseen-share); empty without them",
                        unit = "percent NE")
                OptionalDouble unseenDelta,
        @Column(value = "its standard error", unit = "percent NE") OptionalDouble unseenDeltaSe) {
    public static final Table<ModelIterationRow> TABLE =
            Table.of("model_iterations", ModelIterationRow.class, "run_id", "cycle", "model_id");
    public static final String SHIPPED = "SHIPPED";
    public static final String KEPT_BASELINE = "KEPT_BASELINE";
    public static final String RESISTED = "RESISTED";
}
