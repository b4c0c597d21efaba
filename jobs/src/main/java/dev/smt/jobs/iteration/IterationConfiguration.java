package dev.smt.jobs.iteration;

import dev.smt.jobs.config.ConfigSection;

/**
 * Section {@code iterate}.
 *
 * @param requireBackTest rebuild from the new version only where it passed its back-test
 * @param resistThreshold a model that loses more than this against its production baseline resists; percent NE
 * @param tuningTrials trainings per model that look for its own values of the fields that its template exposes; 0: none
 * @param canary which models are rebuilt first, and what they decide
 */
public record IterationConfiguration(boolean requireBackTest, double resistThreshold, int tuningTrials, Canary canary) {
    private static final double DEFAULT_RESIST_THRESHOLD = 1.0;
    private static final double DEFAULT_RESIST_SHARE = 0.2;
    private static final int LEAST_TUNING_TRIALS = 2;

    public static IterationConfiguration read(ConfigSection section) {
        return new IterationConfiguration(
                section.flag("require-back-test", true),
                section.real(
                        "resist-threshold",
                        DEFAULT_RESIST_THRESHOLD,
                        value -> value >= 0 && Double.isFinite(value),
                        "0 or more (percent NE)"),
                section.integer(
                        "tuning-trials",
                        0,
                        value -> value == 0 || value >= LEAST_TUNING_TRIALS,
                        "0 (off), or 2 or more: the first trains the template's own values"),
                new Canary(
                        section.real("canary-share", 0, value -> value >= 0 && value < 1, "0 (all at once) to below 1"),
                        section.real(
                                "canary-resist-share",
                                DEFAULT_RESIST_SHARE,
                                value -> value >= 0 && value <= 1,
                                "0 to 1")));
    }
}
