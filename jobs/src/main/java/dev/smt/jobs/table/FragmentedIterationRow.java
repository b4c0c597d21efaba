package dev.smt.jobs.table;

import java.util.List;
import java.util.OptionalDouble;

/** What a model became when it was tuned alone: table {@code fragmented_iterations}. */
public record FragmentedIterationRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study of cycles") String studyId,
        @Column("number of the cycle") int cycle,
        @Column("the model") String modelId,
        @Column("trainings that it was allowed: its share of what the cycle of templates took") int budget,
        @Column("trainings that it took") int trainings,
        @Column("techniques that it has after the cycle, in the order of applying") List<String> techniques,
        @Column("their parameters, JSON, in the same order") List<String> thetas,
        @Column("how many of them this cycle shipped") int added,
        @Column("values that a person would have had to set in the model's configuration for that") int edits,
        @Column(
                        value =
                                "NE delta of what was tried for shipping, on the test rows that decide; empty where nothing was",
                        unit = "percent NE")
                OptionalDouble neDelta,
        @Column(value = "standard error of the delta", unit = "percent NE") OptionalDouble neDeltaSe,
        @Column(value = "the same on the test rows that decide nothing", unit = "percent NE")
                OptionalDouble unseenDelta,
        @Column(value = "its standard error", unit = "percent NE") OptionalDouble unseenDeltaSe,
        @Column(value = "inference FLOPs / those before the cycle", unit = "ratio") OptionalDouble flopsRatio,
        @Column(value = "parameter bytes / those before the cycle", unit = "ratio") OptionalDouble bytesRatio,
        @Column("SHIPPED, KEPT_BASELINE or RESISTED") String outcome,
        @Column("why") String reason) {
    public static final Table<FragmentedIterationRow> TABLE =
            Table.of("fragmented_iterations", FragmentedIterationRow.class, "study_id", "cycle", "model_id");

    public FragmentedIterationRow {
        techniques = List.copyOf(techniques);
        thetas = List.copyOf(thetas);
        if (techniques.size() != thetas.size()) {
            throw new IllegalArgumentException(
                    techniques.size() + " techniques with " + thetas.size() + " thetas; each technique has one");
        }
    }
}
