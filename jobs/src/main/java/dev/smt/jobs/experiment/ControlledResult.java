package dev.smt.jobs.experiment;

import dev.smt.experiment.ControlledExperiment;
import java.util.Map;

/**
 * One evaluated A/B test.
 *
 * @param experiment its name; no letters where the input has one only
 * @param evaluation what was found
 * @param offline NE deltas in percent by arm, of the arms that have one
 */
public record ControlledResult(String experiment, ControlledExperiment evaluation, Map<String, Double> offline) {
    public ControlledResult {
        offline = Map.copyOf(offline);
    }
}
