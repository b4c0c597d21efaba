package dev.smt.jobs.experiment;

import java.util.Optional;

/**
 * What to read of a log of choices. Columns are names or expressions in Spark SQL.
 *
 * @param reward a number per row
 * @param propensity with which the logging policy made the choice
 * @param targetPropensity with which the target policy would have made it
 * @param action the choice, by which rows without propensity are named
 * @param prediction a model's prediction for the choice; there with targetPrediction only
 * @param targetPrediction its mean over the target policy's choices
 * @param unit whose rows are not independent
 * @param experiment tells several logs in one table apart
 * @param offline the NE delta of the change, percent
 * @param clip largest weight; infinite: not clipped
 * @param level of the intervals
 */
public record LoggedQuery(
        String reward,
        String propensity,
        String targetPropensity,
        Optional<String> action,
        Optional<String> prediction,
        Optional<String> targetPrediction,
        Optional<String> unit,
        Optional<String> experiment,
        Optional<String> offline,
        double clip,
        double level) {}
