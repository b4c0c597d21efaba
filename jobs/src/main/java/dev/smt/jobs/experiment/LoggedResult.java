package dev.smt.jobs.experiment;

import dev.smt.experiment.OffPolicyEvaluation;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One evaluated log.
 *
 * @param experiment its name; no letters where the input has one only
 * @param evaluation what was found
 * @param offline NE delta in percent, where there is one
 * @param predictions whether the log has a model's predictions
 * @param unweighed actions whose propensity is missing or 0, with their rows, the most frequent first
 */
public record LoggedResult(
        String experiment,
        OffPolicyEvaluation evaluation,
        OptionalDouble offline,
        boolean predictions,
        List<String> unweighed) {
    public LoggedResult {
        unweighed = List.copyOf(unweighed);
    }
}
