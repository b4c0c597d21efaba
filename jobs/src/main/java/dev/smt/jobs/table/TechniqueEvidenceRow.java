package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the replicates of a technique's theta* say of its true effect, whichever rule decided: table
 * {@code technique_evidence}.
 */
public record TechniqueEvidenceRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("the rule that decided: paper or probability (mmo.regression-rule)") String regressionRule,
        @Column("the theta that it is about, JSON") String theta,
        @Column("ACCEPTED, REJECTED or OPEN by the probability rule") String verdict,
        @Column(
                        value =
                                "probability that R is at most epsilon and mu at least tau; empty where no error is known",
                        unit = "ratio")
                OptionalDouble acceptance,
        @Column(value = "probability that R is at most epsilon", unit = "ratio") OptionalDouble feasibility,
        @Column(
                        "fresh replicates per model, with seeds that had no part in choosing theta*; with 0 the search's own deltas"
                                + " are all there is, and they flatter")
                int replicates,
        @Column(value = "posterior mean of mu", unit = "percent NE") OptionalDouble mu,
        @Column(value = "lower end of its 95 percent interval", unit = "percent NE") OptionalDouble muLow,
        @Column(value = "upper end of its 95 percent interval", unit = "percent NE") OptionalDouble muHigh,
        @Column(value = "posterior mean of R", unit = "ratio") OptionalDouble regressionRate,
        @Column(value = "lower end of its 95 percent interval", unit = "ratio") OptionalDouble regressionRateLow,
        @Column(value = "upper end of its 95 percent interval", unit = "ratio") OptionalDouble regressionRateHigh,
        @Column(value = "probability that one more model like these would regress", unit = "ratio")
                OptionalDouble nextRegression,
        @Column(value = "lower end of its 95 percent interval", unit = "ratio") OptionalDouble nextRegressionLow,
        @Column(value = "upper end of its 95 percent interval", unit = "ratio") OptionalDouble nextRegressionHigh,
        @Column("what would make an open verdict clear; or why there are no numbers") Optional<String> toClose) {
    public static final Table<TechniqueEvidenceRow> TABLE =
            Table.of("technique_evidence", TechniqueEvidenceRow.class, "study_id", "technique");
}
