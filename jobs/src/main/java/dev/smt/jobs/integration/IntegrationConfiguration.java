package dev.smt.jobs.integration;

import dev.smt.jobs.config.ConfigSection;

/**
 * Section {@code integrate}.
 *
 * @param requireHoldout leave out techniques that the holdout models do not confirm
 */
public record IntegrationConfiguration(boolean requireHoldout) {
    public static IntegrationConfiguration read(ConfigSection section) {
        return new IntegrationConfiguration(section.flag("require-holdout", true));
    }
}
