package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A theta to try next.
 *
 * @param theta a point of the search space
 * @param suggestedBy {@link #DEFAULT}, {@link #SOBOL}, {@link #RANDOM}, {@link #ACQUISITION} or {@link #SOBOL_FALLBACK}
 */
public record Suggestion(ParameterValues theta, String suggestedBy) implements Serializable {
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

    public Suggestion {
        Objects.requireNonNull(theta, "theta");
        if (!ALLOWED.contains(suggestedBy)) {
            throw new IllegalArgumentException("suggestedBy is " + suggestedBy + "; allowed: " + ALLOWED);
        }
    }
}
