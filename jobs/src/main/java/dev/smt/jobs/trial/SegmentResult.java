package dev.smt.jobs.trial;

import dev.smt.metric.Evaluation;
import dev.smt.metric.PairedDelta;
import dev.smt.metric.SegmentEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A trained model beside its baseline, in one segment of the same rows.
 *
 * @param segment what the trained model says
 * @param base what the baseline says
 */
public record SegmentResult(SegmentEvaluation segment, Evaluation base) {

    /** The pairs of two lists of segments; a segment that one of them lacks has no pair. */
    static List<SegmentResult> pairs(List<SegmentEvaluation> trial, List<SegmentEvaluation> base) {
        List<SegmentResult> pairs = new ArrayList<>();
        for (SegmentEvaluation segment : trial) {
            base.stream()
                    .filter(other -> other.feature().equals(segment.feature()) && other.id() == segment.id())
                    .findFirst()
                    .ifPresent(other -> pairs.add(new SegmentResult(segment, other.evaluation())));
        }
        return pairs;
    }

    /** The segment's NE delta; empty where the baseline's loss there is 0, so that there is nothing to gain. */
    Optional<PairedDelta> delta() {
        return base.losses().totalLoss() > 0
                ? Optional.of(
                        PairedDelta.between(base.losses(), segment.evaluation().losses()))
                : Optional.empty();
    }
}
