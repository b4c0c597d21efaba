package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a study decided on a technique: table {@code technique_decisions}. The last columns have theta* by both rules, so
 * that the one that did not decide can be compared.
 */
public record TechniqueDecisionRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("whether it is in the generalized set T_G+ (Eq. 6)") boolean accepted,
        @Column(
                        "ACCEPTED, BELOW_TAU, NO_FEASIBLE_TRIAL, OVER_CAPACITY or NO_FITTING_MODEL; by the probability rule ACCEPTED,"
                                + " REJECTED, OPEN, OVER_CAPACITY or NO_FITTING_MODEL")
                String reason,
        @Column("the best theta; of a rejected technique the least infeasible one; empty without a trial")
                Optional<String> thetaStar,
        @Column(value = "observed mu at theta*, whatever the rule", unit = "percent NE") OptionalDouble muStar,
        @Column(value = "regression rate at theta*; a lower bound where that trial was stopped", unit = "ratio")
                OptionalDouble regressionRate,
        @Column(value = "lower end of its exact 95 percent interval", unit = "ratio") OptionalDouble regressionRateLow,
        @Column(value = "upper end of its exact 95 percent interval", unit = "ratio") OptionalDouble regressionRateHigh,
        @Column(value = "mu on the holdout models", unit = "percent NE") OptionalDouble holdoutMu,
        @Column(value = "regression rate on the holdout models", unit = "ratio") OptionalDouble holdoutRegressionRate,
        @Column("whether the holdout models confirm it; empty before the holdout step") Optional<String> holdoutVerdict,
        @Column(value = "weighted mean of inference FLOPs / the baseline's at theta*", unit = "ratio")
                OptionalDouble flopsRatio,
        @Column("models it was tried on") int models,
        @Column("the rule that decided: paper or posterior; empty before there was a choice")
                Optional<String> thetaRule,
        @Column("reason by the paper's rule: the largest observed aggregate delta") Optional<String> paperReason,
        @Column("theta* by the paper's rule, JSON") Optional<String> paperTheta,
        @Column("reason by the posterior: the largest posterior mean of mu among the surely feasible trials;"
                        + " NO_SURROGATE where there is none")
                Optional<String> posteriorReason,
        @Column("theta* by the posterior, JSON") Optional<String> posteriorTheta,
        @Column(value = "posterior mean of mu at the posterior's theta*", unit = "percent NE")
                OptionalDouble posteriorMu,
        @Column(value = "its posterior standard deviation", unit = "percent NE") OptionalDouble posteriorMuSd,
        @Column(value = "probability that the posterior's theta* is feasible", unit = "ratio")
                OptionalDouble posteriorFeasibility) {
    public static final Table<TechniqueDecisionRow> TABLE =
            Table.of("technique_decisions", TechniqueDecisionRow.class, "study_id", "technique");

    /** The same with the answer, mu and regression rate of another decision on the same theta*. */
    public TechniqueDecisionRow withOutcome(TechniqueDecisionRow other) {
        return with(other.accepted, other.reason, other.outcome(), holdout());
    }

    /** The same with another answer, of the rule that decides. */
    public TechniqueDecisionRow decided(boolean acceptedNow, String reasonNow) {
        return with(acceptedNow, reasonNow, outcome(), holdout());
    }

    /** The same decision with what the holdout models say. */
    public TechniqueDecisionRow withHoldout(OptionalDouble mu, OptionalDouble rate, String verdict) {
        return with(accepted, reason, outcome(), new Holdout(mu, rate, Optional.of(verdict)));
    }

    private record Outcome(OptionalDouble mu, OptionalDouble rate, OptionalDouble low, OptionalDouble high) {}

    private record Holdout(OptionalDouble mu, OptionalDouble rate, Optional<String> verdict) {}

    private Outcome outcome() {
        return new Outcome(muStar, regressionRate, regressionRateLow, regressionRateHigh);
    }

    private Holdout holdout() {
        return new Holdout(holdoutMu, holdoutRegressionRate, holdoutVerdict);
    }

    private TechniqueDecisionRow with(boolean acceptedNow, String reasonNow, Outcome outcome, Holdout holdout) {
        return new TechniqueDecisionRow(
                runId,
                studyId,
                technique,
                acceptedNow,
                reasonNow,
                thetaStar,
                outcome.mu,
                outcome.rate,
                outcome.low,
                outcome.high,
                holdout.mu,
                holdout.rate,
                holdout.verdict,
                flopsRatio,
                models,
                thetaRule,
                paperReason,
                paperTheta,
                posteriorReason,
                posteriorTheta,
                posteriorMu,
                posteriorMuSd,
                posteriorFeasibility);
    }
}
