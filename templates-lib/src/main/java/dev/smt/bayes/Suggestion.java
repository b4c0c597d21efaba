package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import java.io.Serializable;
import java.util.Objects;

/**
 * A theta to try.
 *
 * @param theta the hyperparameters
 * @param suggestedBy {@value #DEFAULT}, {@value #SOBOL}, {@value #ACQUISITION} or {@value #SOBOL_FALLBACK}
 */
public record Suggestion(ParameterValues theta, String suggestedBy) implements Serializable {
    public static final String DEFAULT = "default";
    public static final String SOBOL = "sobol";
    public static final String ACQUISITION = "acquisition";
    public static final String SOBOL_FALLBACK = "sobol-fallback";

    public Suggestion {
        Objects.requireNonNull(theta, "theta");
        Objects.requireNonNull(suggestedBy, "suggestedBy");
    }
}
