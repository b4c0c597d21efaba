package dev.smt.experiment;

import java.util.List;
import java.util.Objects;

/**
 * What a log's estimates need of it. The moments are of units (each row, or all rows of a user), as sums over the unit's
 * rows of the six numbers in the order of the constants here.
 *
 * @param units moments of the units, K = 6
 * @param sums over all rows
 */
public record LoggedSample(SampleMoments units, LoggedSums sums) {
    /** Number of rows. */
    public static final int ROWS = 0;
    /** Sum of w. */
    public static final int WEIGHT = 1;
    /** Sum of w r. */
    public static final int WEIGHTED_REWARD = 2;
    /** Sum of r. */
    public static final int REWARD = 3;
    /** Sum of the target predictions. */
    public static final int TARGET_PREDICTION = 4;
    /** Sum of w (r - prediction). */
    public static final int CORRECTION = 5;
    /** K. */
    public static final int NUMBERS = 6;

    public LoggedSample {
        Objects.requireNonNull(sums, "sums");
        if (units.numbers() != NUMBERS) {
            throw new IllegalArgumentException(
                    "units have " + units.numbers() + " numbers; a log's units have " + NUMBERS);
        }
    }

    /**
     * The sample of a log whose rows are independent.
     *
     * @param clip the largest weight, above 0; infinite: weights are not clipped
     */
    public static LoggedSample of(List<LoggedChoice> rows, double clip) {
        if (!(clip > 0)) {
            throw new IllegalArgumentException("largest weight is " + clip + "; allowed: above 0");
        }
        SampleMoments.Accumulator units = SampleMoments.accumulator(NUMBERS);
        LoggedSums sums = LoggedSums.NONE;
        for (LoggedChoice row : rows) {
            double weight = Math.min(clip, row.weight());
            units.add(
                    1,
                    weight,
                    weight * row.reward(),
                    row.reward(),
                    row.targetPrediction(),
                    weight * (row.reward() - row.prediction()));
            sums = sums.plus(row, clip);
        }
        return new LoggedSample(units.moments(), sums);
    }
}
