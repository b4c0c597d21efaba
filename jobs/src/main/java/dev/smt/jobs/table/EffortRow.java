package dev.smt.jobs.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Hours that people worked on models, as they enter them with {@code smt effort}: table {@code effort}. */
public record EffortRow(
        @Column("the run that wrote the row: each entry is one") String runId,
        @Column("when it was entered") Instant recordedAt,
        @Column("templates, or fragmented: each model by itself") String way,
        @Column("number of the cycle; empty: none") OptionalInt cycle,
        @Column("what the hours were for; data-preparation is not counted, as in the paper") String stage,
        @Column(value = "hours of people", unit = "hours") double hours,
        @Column("model iterations that the hours served") int models,
        @Column("anything worth knowing") Optional<String> note) {
    public static final Table<EffortRow> TABLE = Table.of("effort", EffortRow.class, "run_id");
    /** The paper's stages of an offline model iteration (section 4.3). */
    public static final List<String> STAGES = List.of(
            "data-preparation",
            "data-refresh",
            "features",
            "architecture",
            "training",
            "serving",
            "techniques",
            "other");
}
