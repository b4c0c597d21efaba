package dev.smt.jobs.mmo;

import dev.smt.jobs.config.ConfigSection;
import java.time.Duration;

/**
 * Section {@code ledger}: how trials are written. It changes no result.
 *
 * @param interval between two commits; what a crash can lose
 * @param rows of {@code trial_models} that are written at once, however soon
 */
public record LedgerConfiguration(Duration interval, int rows) {
    /** Trials are worth more than a commit every few seconds costs. */
    public static final LedgerConfiguration DEFAULT = new LedgerConfiguration(Duration.ofSeconds(15), 2_000);

    private static final double LEAST_SECONDS = 0.01;
    private static final double MOST_SECONDS = 3600;
    private static final double MILLISECONDS = 1e3;

    public static LedgerConfiguration read(ConfigSection section) {
        double seconds = section.real(
                "seconds",
                DEFAULT.interval.toSeconds(),
                value -> value >= LEAST_SECONDS && value <= MOST_SECONDS,
                "0.01 to 3600 (seconds between two commits of trials)");
        return new LedgerConfiguration(
                Duration.ofMillis(Math.round(seconds * MILLISECONDS)),
                section.integer("rows", DEFAULT.rows, value -> value >= 1, "1 or more"));
    }
}
