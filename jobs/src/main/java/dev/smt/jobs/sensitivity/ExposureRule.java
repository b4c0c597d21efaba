package dev.smt.jobs.sensitivity;

import java.util.Locale;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * The four quadrants of the paper's rule: expose where the effect is large or the models disagree, standardize where
 * neither is so (section 3.3.2).
 *
 * <p>The models' fitted betas differ by the errors of the fits even where the models agree; that part is taken out of
 * their variance before its root is compared. With the rule {@code beyond-noise}, an effect must also reach two of its
 * standard errors, and the variance must be larger than its noise makes it in 95 of 100 cases (an F test).
 */
final class ExposureRule {
    private static final double STANDARD_ERRORS = 2;
    private static final double CONFIDENCE = 0.95;

    private final SensitivityConfiguration configuration;

    ExposureRule(SensitivityConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * How much a parameter matters to the fleet, and to the models in their own ways.
     *
     * @param effect on mu, percent NE
     * @param standardError of the effect
     * @param variance of the models' own effects; 0 for fewer than two models
     * @param noise the part of the variance that the errors of the fits alone would make
     * @param models number of models
     * @param freedom residual degrees of freedom of each model's fit
     */
    record Contrast(double effect, double standardError, double variance, double noise, int models, int freedom) {

        /** The models' standard deviation without the noise. */
        double deviation() {
            return Math.sqrt(Math.max(0, variance - noise));
        }
    }

    /** Whether a quantity is large, and the words for it. */
    record Finding(boolean large, double size, String words) {}

    Finding effect(Contrast contrast) {
        double size = Math.abs(contrast.effect());
        double noise = STANDARD_ERRORS * contrast.standardError();
        return finding("effect", size, configuration.effectCutOff(), size >= noise, noise);
    }

    Finding disagreement(Contrast contrast) {
        return finding(
                "deviation between models",
                contrast.deviation(),
                configuration.disagreementCutOff(),
                standsOut(contrast),
                Math.sqrt(contrast.noise()));
    }

    private Finding finding(String what, double size, double cutOff, boolean beyondNoise, double noise) {
        boolean reaches = size >= cutOff;
        boolean large = reaches && (beyondNoise || !configuration.beyondNoise());
        String words = String.format(Locale.ROOT, "%s %.3f %s %.3f", what, size, reaches ? ">=" : "<", cutOff);
        return new Finding(
                large,
                size,
                reaches && !beyondNoise
                        ? words + String.format(Locale.ROOT, ", but within its noise of %.3f", noise)
                        : words);
    }

    private static boolean standsOut(Contrast contrast) {
        if (contrast.models() < 2 || contrast.noise() == 0) {
            return contrast.variance() > 0;
        }
        int between = contrast.models() - 1;
        int within = contrast.models() * contrast.freedom();
        double ratio = contrast.variance() / contrast.noise();
        return new FDistribution(null, between, within).cumulativeProbability(ratio) >= CONFIDENCE;
    }
}
