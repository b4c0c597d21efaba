package dev.smt.jobs.sensitivity;

import dev.smt.jobs.config.ConfigSection;

/**
 * Section {@code sensitivity}.
 *
 * @param effectCutOff a parameter whose |beta| reaches it is exposed; percent NE over the parameter's range
 * @param disagreementCutOff a parameter whose betas deviate by it between the models is exposed; percent NE
 * @param beyondNoise a quantity that reaches its cut-off counts only where it also stands out from its own noise
 */
public record SensitivityConfiguration(double effectCutOff, double disagreementCutOff, boolean beyondNoise) {
    /** The default alpha over the whole range. */
    private static final double DEFAULT_CUT_OFF = 0.05;

    public static SensitivityConfiguration read(ConfigSection section) {
        return new SensitivityConfiguration(
                section.real("effect-cut-off", DEFAULT_CUT_OFF, value -> value >= 0, "0 or more (percent NE)"),
                section.real("disagreement-cut-off", DEFAULT_CUT_OFF, value -> value >= 0, "0 or more (percent NE)"),
                section.flag("beyond-noise", true));
    }
}
