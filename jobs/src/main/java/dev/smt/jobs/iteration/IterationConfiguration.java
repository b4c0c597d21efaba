package dev.smt.jobs.iteration;

import dev.smt.jobs.config.ConfigSection;

/**
 * Section {@code iterate}.
 *
 * @param requireBackTest rebuild from the new version only where it passed its back-test
 * @param resistThreshold a model that loses more than this against its production baseline resists; percent NE
 */
public record IterationConfiguration(boolean requireBackTest, double resistThreshold) {
    private static final double DEFAULT_RESIST_THRESHOLD = 1.0;

    public static IterationConfiguration read(ConfigSection section) {
        return new IterationConfiguration(
                section.flag("require-back-test", true),
                section.real(
                        "resist-threshold",
                        DEFAULT_RESIST_THRESHOLD,
                        value -> value >= 0 && Double.isFinite(value),
                        "0 or more (percent NE)"));
    }
}
