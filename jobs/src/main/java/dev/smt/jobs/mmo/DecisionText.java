package dev.smt.jobs.mmo;

import dev.smt.bayes.ThetaStar;
import dev.smt.jobs.table.TechniqueDecisionRow;
import java.util.Locale;
import java.util.Optional;

/** A decision in words. */
public final class DecisionText {
    private static final String PAPER = "paper";
    private static final String NO_FEASIBLE_TRIAL = "NO_FEASIBLE_TRIAL";
    private static final String ACCEPTED = "ACCEPTED";
    private static final String OPEN = "OPEN";
    private static final String REJECTED = "REJECTED";

    private DecisionText() {}

    /** What was decided; and what the other rule says, where that is something else. */
    static String of(TechniqueDecisionRow decision) {
        String mu = decision.muStar().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", mu %+.3f %%, R %.2f",
                        decision.muStar().getAsDouble(),
                        decision.regressionRate().orElse(Double.NaN));
        return decision.technique() + ": " + verdict(decision) + mu
                + decision.thetaStar().map(theta -> " at " + theta).orElse("") + other(decision);
    }

    private static String verdict(TechniqueDecisionRow decision) {
        if (decision.accepted()) {
            return "accepted";
        }
        return switch (decision.reason()) {
            case OPEN -> "open";
            case REJECTED -> "rejected";
            default -> "rejected, " + reason(decision);
        };
    }

    /** Why; and how sure the posterior is of the trial it trusts most, where it trusts none enough. */
    public static String reason(TechniqueDecisionRow decision) {
        boolean unsure = decision.reason().equals(NO_FEASIBLE_TRIAL)
                && !decision.thetaRule().equals(Optional.of(PAPER))
                && decision.posteriorFeasibility().isPresent();
        return decision.reason()
                + (unsure
                        ? String.format(
                                Locale.ROOT,
                                " (the surest is feasible with probability %.2f; %.2f is needed)",
                                decision.posteriorFeasibility().getAsDouble(),
                                ThetaStar.SURE)
                        : "");
    }

    private static String other(TechniqueDecisionRow decision) {
        boolean byPaper = decision.thetaRule().equals(Optional.of(PAPER));
        Optional<String> reason = byPaper ? decision.posteriorReason() : decision.paperReason();
        Optional<String> theta = byPaper ? decision.posteriorTheta() : decision.paperTheta();
        // Of a technique that both reject for the same reason, theta is a diagnosis only.
        boolean same = reason.equals(Optional.of(decision.reason()))
                && (theta.equals(decision.thetaStar()) || !decision.accepted());
        if (same || reason.isEmpty() || theta.isEmpty()) {
            return "";
        }
        String what = reason.get().equals(ACCEPTED)
                ? "take " + theta.get()
                : decision.accepted() ? "reject it, " + reason.get() : "say " + reason.get();
        return "; " + (byPaper ? "the posterior" : "the paper's rule") + " would " + what;
    }
}
