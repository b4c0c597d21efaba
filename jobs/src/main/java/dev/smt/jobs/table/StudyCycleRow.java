package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** What one cycle of a study came to, in one of the two ways: table {@code study_cycles}. */
public record StudyCycleRow(
        @Column("the run that rebuilt or tuned the models") String runId,
        @Column("the study of cycles") String studyId,
        @Column("templates or fragmented") String way,
        @Column("number of the cycle") int cycle,
        @Column("models of the fleet") int models,
        @Column("models that shipped a change") int shipped,
        @Column("trainings that it took") int trainings,
        @Column("(technique, model) pairs that shipped for the first time") int pairs,
        @Column("values that a person had to set: names of techniques in the pool, or in each model's configuration")
                int edits,
        @Column(
                        value =
                                "mean NE delta of the shipped changes on the test rows that they were shipped by; empty without any",
                        unit = "percent NE")
                OptionalDouble decidedNe,
        @Column(value = "the same on the test rows that decide nothing", unit = "percent NE") OptionalDouble meanNe,
        @Column(value = "lower end of its 95 percent interval, models as a sample", unit = "percent NE")
                OptionalDouble meanNeLow,
        @Column(value = "upper end", unit = "percent NE") OptionalDouble meanNeHigh,
        @Column(value = "the largest of them", unit = "percent NE") OptionalDouble maxNe,
        @Column("shipped changes that lose more than alpha on the test rows that decide nothing") int regressed) {
    public static final Table<StudyCycleRow> TABLE =
            Table.of("study_cycles", StudyCycleRow.class, "study_id", "way", "cycle");
    /** The template-driven way. */
    public static final String TEMPLATES = "templates";
    /** Each model tuned alone. */
    public static final String FRAGMENTED = "fragmented";
}
