package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What the back-test says of a new template version, or of one without some of its techniques: table {@code back_test_verdicts}. */
public record BackTestVerdictRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study whose techniques it has") String studyId,
        @Column("the template") String template,
        @Column("the new version") int version,
        @Column("techniques that were left out of it, with commas between them; empty: the version as it is")
                Optional<String> leftOut,
        @Column("its new techniques, with commas between them") String techniques,
        @Column("models it was tested on") int models,
        @Column(value = "weighted mean of the models' deltas; empty when a model failed", unit = "percent NE")
                OptionalDouble mu,
        @Column(
                        value =
                                "standard error of mu from the models' standard errors, as of independent models; empty when"
                                        + " one of them is not known",
                        unit = "percent NE")
                OptionalDouble muSe,
        @Column(value = "sum of the single gains of its new techniques", unit = "percent NE") double singleGains,
        @Column(value = "the gate: the least mu that passes, back-test.gain-share of that sum", unit = "percent NE")
                double neededMu,
        @Column(value = "share of models that regress", unit = "ratio") double regressionRate,
        @Column("mu reaches the gate, and the regression rate is at most epsilon") boolean passed,
        @Column("the verdict in words, with the numbers") String verdict,
        @Column("the version that is rolled out with this content; empty: this content is not")
                OptionalInt shippedVersion) {
    public static final Table<BackTestVerdictRow> TABLE =
            Table.of("back_test_verdicts", BackTestVerdictRow.class, "run_id", "template", "version", "left_out");
    /** Between the techniques of a cell. */
    public static final String SEPARATOR = ", ";
}
