package dev.smt.template;

import dev.smt.search.ParameterValues;
import java.io.Serializable;
import java.util.Objects;

/**
 * A technique as it was applied.
 *
 * @param name the technique
 * @param version the technique's version
 * @param theta the values it was applied with
 */
public record AppliedTechnique(String name, int version, ParameterValues theta) implements Serializable {
    public AppliedTechnique {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(theta, "theta");
    }
}
