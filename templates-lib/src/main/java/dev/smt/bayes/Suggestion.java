package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A theta to try next.
 *
 * @param theta a point of the search space
 * @param suggestedBy {@link #DEFAULT}, {@link #SOBOL}, {@link #RANDOM}, {@link #ACQUISITION} or {@link #SOBOL_FALLBACK}
 * @param expectedGain by how much the trial is expected to raise the best feasible mu, which counts as 0 while there is
 *     none above it, in percent NE; 0 or more; of suggestions by {@link #ACQUISITION} only
 */
public record Suggestion(ParameterValues theta, String suggestedBy, OptionalDouble expectedGain) {
    /** One of the settings' initial points. */
    public static final String DEFAULT = "default";
    /** The evenly spread initial design. */
    public static final String SOBOL = "sobol";
    /** A uniform point. */
    public static final String RANDOM = "random";
    /** The surrogate and its acquisition. */
    public static final String ACQUISITION = "acquisition";
    /** An evenly spread point, because the surrogate failed; the reason is in the log. */
    public static final String SOBOL_FALLBACK = "sobol-fallback";

    private static final List<String> ALLOWED = List.of(DEFAULT, SOBOL, RANDOM, ACQUISITION, SOBOL_FALLBACK);

    /** A suggestion of which no gain is expected or known. */
    public Suggestion(ParameterValues theta, String suggestedBy) {
        this(theta, suggestedBy, OptionalDouble.empty());
    }

    public Suggestion {
        Objects.requireNonNull(theta, "theta");
        if (expectedGain.isPresent() && !(expectedGain.getAsDouble() >= 0)) {
            throw new IllegalArgumentException(
                    "expectedGain is " + expectedGain.getAsDouble() + "; allowed: 0 or more (percent NE)");
        }
        if (!ALLOWED.contains(suggestedBy)) {
            throw new IllegalArgumentException("suggestedBy is " + suggestedBy + "; allowed: " + ALLOWED);
        }
    }
}
