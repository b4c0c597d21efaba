package dev.smt.jobs.sensitivity;

import java.util.OptionalDouble;

/**
 * What Eq. 7 says of a coordinate of the unit cube: a parameter, or one level of it.
 *
 * @param parameter name, or {@code parameter=level}
 * @param beta effect on mu over the whole range, of a level relative to the mean of the levels; percent NE; empty where
 *     it can't be told
 * @param betaSe its standard error; empty where it can't be told
 * @param variance of the models' own betas, (percent NE) squared; empty where it can't be told
 * @param expose whether a model may tune it
 * @param reason why
 */
public record ParameterSensitivity(
        String parameter,
        OptionalDouble beta,
        OptionalDouble betaSe,
        OptionalDouble variance,
        boolean expose,
        String reason) {}
