package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/** How a study of the synthetic benchmark fleet scores by the truth: table {@code benchmark_scores}. */
public record BenchmarkScoreRow(
        @Column("the run that wrote the row") String runId,
        @Column("of the fleet") long seed,
        @Column("what is measured; docs/benchmark-fleet.md says what each is") String measure,
        @Column("its value, in the measure's unit") double value,
        @Column("what the value is in") String unit,
        @Column("the least, or largest, value that is wanted; empty where none is") OptionalDouble target,
        @Column("yes or no; empty without a target") Optional<String> met) {
    public static final Table<BenchmarkScoreRow> TABLE =
            Table.of("benchmark_scores", BenchmarkScoreRow.class, "run_id", "seed", "measure");
}
