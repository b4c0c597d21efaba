package dev.smt.benchmark;

import dev.smt.search.ParameterValues;
import java.util.Objects;
import java.util.Optional;

/**
 * What a system decided on one technique.
 *
 * @param technique the technique's name
 * @param accepted whether it shall go to all models
 * @param thetaStar the best theta that was found; empty where none was
 * @param trainings what the decision took; 0 or more
 */
public record TechniqueChoice(String technique, boolean accepted, Optional<ParameterValues> thetaStar, long trainings) {
    public TechniqueChoice {
        Objects.requireNonNull(technique, "technique");
        if (accepted && thetaStar.isEmpty()) {
            throw new IllegalArgumentException("technique " + technique
                    + " is accepted without a theta*; expected the theta that models shall use");
        }
        if (trainings < 0) {
            throw new IllegalArgumentException(
                    "trainings of technique " + technique + " is " + trainings + "; allowed: 0 or more");
        }
    }
}
