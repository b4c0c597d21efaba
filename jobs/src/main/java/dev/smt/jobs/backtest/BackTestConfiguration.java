package dev.smt.jobs.backtest;

import dev.smt.jobs.config.ConfigSection;
import java.util.List;

/**
 * Section {@code back-test}.
 *
 * @param gainShare the new version's mu must reach this share of the sum of its techniques' single gains
 * @param allModels test on the whole fleet, not on the representatives only
 */
public record BackTestConfiguration(double gainShare, boolean allModels) {
    private static final double DEFAULT_GAIN_SHARE = 0.8;
    private static final String REPRESENTATIVES = "representatives";
    private static final String ALL = "all";

    public static BackTestConfiguration read(ConfigSection section) {
        return new BackTestConfiguration(
                section.real("gain-share", DEFAULT_GAIN_SHARE, value -> value >= 0 && value <= 1, "0 to 1"),
                section.choice("models", List.of(REPRESENTATIVES, ALL), REPRESENTATIVES)
                        .equals(ALL));
    }
}
