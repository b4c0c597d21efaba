package dev.smt.bayes;

import dev.smt.metric.FleetOutcome;
import java.util.List;

/** Algorithm 1, lines 15 to 19: theta* = argmax A (Eq. 5), accepted where A is at least tau (Eq. 6). */
public final class ThetaStar {
    private ThetaStar() {}

    /** Why a technique is, or is not, in the generalized set. */
    public enum Reason {
        ACCEPTED,
        /** The best feasible trial gains less than tau. */
        BELOW_TAU,
        /** In every trial too many models regress. */
        NO_FEASIBLE_TRIAL
    }

    /**
     * The choice among a technique's trials.
     *
     * @param index of theta*; where no trial is feasible, of the least infeasible one, kept for diagnosis; -1 without a
     *     trial
     * @param reason ACCEPTED, or why not
     */
    public record Decision(int index, Reason reason) {
        public boolean accepted() {
            return reason == Reason.ACCEPTED;
        }
    }

    /** Decides over the outcomes of all complete trials, in order; of equals the earliest wins. */
    public static Decision decide(List<FleetOutcome> outcomes, double tau) {
        int best = -1;
        for (int i = 0; i < outcomes.size(); i++) {
            if (best < 0 || better(outcomes.get(i), outcomes.get(best))) {
                best = i;
            }
        }
        if (best < 0 || !outcomes.get(best).feasible()) {
            return new Decision(best, Reason.NO_FEASIBLE_TRIAL);
        }
        boolean gains = outcomes.get(best).aggregate() >= tau;
        return new Decision(best, gains ? Reason.ACCEPTED : Reason.BELOW_TAU);
    }

    /** Feasible first; among feasible ones by A, among the others by R, then by mu. */
    private static boolean better(FleetOutcome one, FleetOutcome other) {
        if (one.feasible() != other.feasible()) {
            return one.feasible();
        }
        if (!one.feasible() && one.regressionRate() != other.regressionRate()) {
            return one.regressionRate() < other.regressionRate();
        }
        return one.mu() > other.mu() || (Double.isNaN(other.mu()) && !Double.isNaN(one.mu()));
    }
}
