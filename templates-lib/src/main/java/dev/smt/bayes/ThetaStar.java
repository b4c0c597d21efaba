package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a technique's trials decide (paper, Algorithm 1, lines 15 to 20).
 *
 * @param reason why it is accepted or not
 * @param trial the winner: the largest aggregate delta, the earliest among equals; without a feasible trial the least
 *     infeasible one, for diagnosis: the smallest regression rate, then the largest mu, then the earliest; empty only
 *     when there was no complete trial
 */
public record ThetaStar(Reason reason, Optional<CompleteTrial> trial) {
    /** The least probability of feasibility of a theta* by {@link ThetaRule#POSTERIOR}. */
    public static final double SURE = 0.9;

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
        /** No trial is feasible; by the posterior: none surely enough. */
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

    /**
     * Decides by {@link ThetaRule#POSTERIOR}: the posterior means of mu are compared, with each other and with tau.
     *
     * @param trials complete trials
     * @param beliefs of the same thetas, and perhaps of others
     * @throws IllegalArgumentException when there is no belief of a trial's theta
     */
    public static ThetaStar posterior(FleetObjective objective, List<CompleteTrial> trials, List<TrialBelief> beliefs) {
        Map<ParameterValues, TrialBelief> byTheta =
                beliefs.stream().collect(Collectors.toMap(TrialBelief::theta, Function.identity()));
        for (CompleteTrial trial : trials) {
            if (!byTheta.containsKey(trial.theta())) {
                throw new IllegalArgumentException("there is no belief of " + trial.theta());
            }
        }
        Optional<CompleteTrial> best = first(
                trials.stream()
                        .filter(trial -> byTheta.get(trial.theta()).complete()
                                && byTheta.get(trial.theta()).probabilityOfFeasibility() >= SURE)
                        .toList(),
                Comparator.comparingDouble(trial -> -byTheta.get(trial.theta()).mu()));
        if (best.isEmpty()) {
            Comparator<CompleteTrial> leastInfeasible = Comparator.comparingDouble(
                    trial -> -byTheta.get(trial.theta()).probabilityOfFeasibility());
            return new ThetaStar(
                    Reason.NO_FEASIBLE_TRIAL,
                    first(trials, leastInfeasible.thenComparingDouble(trial -> -byTheta.get(trial.theta())
                            .mu())));
        }
        boolean enough = byTheta.get(best.get().theta()).mu() >= objective.tau();
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
