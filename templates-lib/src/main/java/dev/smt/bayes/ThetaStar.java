package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a technique's trials decide (paper, Algorithm 1, lines 15 to 20).
 *
 * @param reason why it is accepted or not
 * @param trial the winner: the largest aggregate delta, the earliest among equals; without a feasible trial the least
 *     infeasible one, for diagnosis: the smallest regression rate, then the largest mu, then the earliest; empty only
 *     when there was no complete trial
 */
public record ThetaStar(Reason reason, Optional<CompleteTrial> trial) {
    public ThetaStar {
        Objects.requireNonNull(reason, "reason");
        if (trial.isEmpty() && reason != Reason.NO_FEASIBLE_TRIAL) {
            throw new IllegalArgumentException(reason + " without a trial");
        }
    }

    /** Why a technique is in T_G+ or not. */
    public enum Reason {
        /** The largest aggregate delta is at least tau. */
        ACCEPTED,
        /** There is a feasible trial, but the largest aggregate delta is below tau. */
        BELOW_TAU,
        /** Every trial has a regression rate above epsilon or a failed model. */
        NO_FEASIBLE_TRIAL
    }

    public boolean accepted() {
        return reason == Reason.ACCEPTED;
    }

    /** Decides over a technique's complete trials, in the order in which they were run. */
    public static ThetaStar of(FleetObjective objective, List<CompleteTrial> trials) {
        Optional<CompleteTrial> best = first(
                trials.stream().filter(trial -> trial.outcome().feasible()).toList(),
                Comparator.comparingDouble(trial -> -trial.outcome().aggregate()));
        if (best.isEmpty()) {
            Comparator<CompleteTrial> leastInfeasible =
                    Comparator.comparingDouble(trial -> trial.outcome().regressionRate());
            return new ThetaStar(
                    Reason.NO_FEASIBLE_TRIAL,
                    first(trials, leastInfeasible.thenComparingDouble(trial -> loss(trial.outcome()))));
        }
        boolean enough = best.get().outcome().aggregate() >= objective.tau();
        return new ThetaStar(enough ? Reason.ACCEPTED : Reason.BELOW_TAU, best);
    }

    /** The first of the smallest; a stable sort keeps equals in their order. */
    private static Optional<CompleteTrial> first(List<CompleteTrial> trials, Comparator<CompleteTrial> order) {
        return trials.stream().sorted(order).findFirst();
    }

    /** -mu; a trial with failed models has no mu and comes last. */
    private static double loss(FleetOutcome outcome) {
        return Double.isNaN(outcome.mu()) ? Double.POSITIVE_INFINITY : -outcome.mu();
    }
}
