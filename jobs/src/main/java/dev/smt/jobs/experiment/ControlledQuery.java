package dev.smt.jobs.experiment;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What to read of an A/B test's table. Columns are names or expressions in Spark SQL.
 *
 * @param unit what was assigned to an arm
 * @param arm the unit's arm
 * @param metric a number per row
 * @param perUnit how a unit's rows become its metric
 * @param covariate a number from before the experiment
 * @param experiment tells several experiments in one table apart
 * @param offline the NE delta of the change, percent
 * @param control name of the arm to compare with
 * @param shares planned per arm; empty: equal
 * @param level of the intervals
 */
public record ControlledQuery(
        String unit,
        String arm,
        String metric,
        PerUnit perUnit,
        Optional<String> covariate,
        Optional<String> experiment,
        Optional<String> offline,
        Optional<String> control,
        SortedMap<String, Double> shares,
        double level) {

    /** How the rows of a unit become one number. */
    public enum PerUnit {
        mean,
        sum
    }
}
