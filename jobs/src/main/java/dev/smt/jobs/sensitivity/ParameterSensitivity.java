package dev.smt.jobs.sensitivity;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What Eq. 7 says of a coordinate of the unit cube: a parameter, or one level of it.
 *
 * @param parameter name, or {@code parameter=level}
 * @param estimate the coefficients; empty where the trials can't tell
 * @param expose whether a model may tune the parameter; the same for all levels of a parameter
 * @param reason why
 */
public record ParameterSensitivity(String parameter, Optional<Estimate> estimate, boolean expose, String reason) {

    /**
     * Coefficients over the parameter's whole range, for a level relative to the mean of the levels.
     *
     * @param beta effect on mu, percent NE
     * @param standardError of beta, percent NE
     * @param varianceAcrossModels variance of the models' own betas, (percent NE) squared, as they were fitted; empty for
     *     fewer than two models
     * @param noiseVariance the part of that variance that the errors of the fits alone would make, (percent NE) squared
     */
    public record Estimate(
            double beta, double standardError, OptionalDouble varianceAcrossModels, double noiseVariance) {}
}
