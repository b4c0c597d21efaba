package dev.smt.jobs.backtest;

import dev.smt.metric.FleetOutcome;
import java.util.Locale;

/**
 * Whether a new template version may be rolled out.
 *
 * @param passed its gain and its regression rate are within the gate
 * @param text the reason, with the numbers
 */
record BackTestVerdict(boolean passed, String text) {
    /** The gate: R at most epsilon, and mu at least {@code gainShare} of the sum of single gains. */
    static BackTestVerdict of(FleetOutcome outcome, double singleGains, double gainShare, double epsilon) {
        boolean regresses = outcome.regressionRate() > epsilon || !outcome.feasible();
        boolean falls = !(outcome.mu() >= gainShare * singleGains);
        String numbers = String.format(
                Locale.ROOT,
                "mu %+.3f %% (sum of single gains %+.3f %%, needed share %.2f), R %.2f (allowed %.2f)",
                outcome.mu(),
                singleGains,
                gainShare,
                outcome.regressionRate(),
                epsilon);
        String verdict = regresses
                ? "failed, too many models regress: "
                : falls ? "failed, the gains do not add up: " : "passed: ";
        return new BackTestVerdict(!regresses && !falls, verdict + numbers);
    }
}
