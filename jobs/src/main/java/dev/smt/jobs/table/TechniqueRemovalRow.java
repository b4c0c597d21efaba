package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/** A template without one of its techniques, against the template: table {@code technique_removals}. */
public record TechniqueRemovalRow(
        @Column("the run that wrote the row") String runId,
        @Column("the template") String template,
        @Column("its version") int version,
        @Column("the technique that was taken out") String technique,
        @Column("representative models that were trained without it") int models,
        @Column(
                        value =
                                "weighted mean of the models' deltas on the test rows that decide: above 0 they are better without it;"
                                        + " empty when one failed",
                        unit = "percent NE")
                OptionalDouble mu,
        @Column(value = "standard error of mu, as of independent models", unit = "percent NE") OptionalDouble muSe,
        @Column(value = "share of the models that lose more than alpha without it", unit = "ratio")
                OptionalDouble regressionRate,
        @Column(value = "inference FLOPs / those with it, weighted mean", unit = "ratio") OptionalDouble flopsRatio,
        @Column(value = "parameter bytes / those with it, weighted mean", unit = "ratio") OptionalDouble bytesRatio,
        @Column(
                        "KEEP: without it they lose; REMOVE: without it they do not lose more than alpha; OPEN: the data can't tell")
                String verdict,
        @Column("why there are no numbers") Optional<String> reason) {
    public static final Table<TechniqueRemovalRow> TABLE =
            Table.of("technique_removals", TechniqueRemovalRow.class, "run_id", "template", "technique");
    public static final String KEEP = "KEEP";
    public static final String REMOVE = "REMOVE";
    public static final String OPEN = "OPEN";
}
