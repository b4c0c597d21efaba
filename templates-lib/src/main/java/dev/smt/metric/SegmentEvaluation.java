package dev.smt.metric;

import java.io.Serializable;
import java.util.Objects;

/**
 * What one evaluation of one model says about a segment of the rows.
 *
 * @param feature that makes the segments
 * @param id its value in the segment; {@link Segments#OTHER} for the segment of all other ids
 * @param evaluation of the segment's rows, 1 or more; its normalized entropy is relative to the entropy of the segment's own
 *     base rate in the training rows, and NaN where those have one class only, or there are none
 */
public record SegmentEvaluation(String feature, int id, Evaluation evaluation) implements Serializable {
    public SegmentEvaluation {
        Objects.requireNonNull(feature, "feature");
        if (evaluation.rows() == 0) {
            throw new IllegalArgumentException(
                    "the segment " + id + " of " + feature + " has no rows; a segment without rows has no evaluation");
        }
    }
}
