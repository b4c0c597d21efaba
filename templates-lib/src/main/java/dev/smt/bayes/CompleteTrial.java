package dev.smt.bayes;

import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import java.util.Objects;

/** A theta that was evaluated on all representative models, and what it was worth. */
public record CompleteTrial(ParameterValues theta, FleetOutcome outcome) {
    public CompleteTrial {
        Objects.requireNonNull(theta, "theta");
        Objects.requireNonNull(outcome, "outcome");
    }
}
