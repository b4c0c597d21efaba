package dev.smt.jobs.mmo;

import dev.smt.decision.Evidence;
import dev.smt.decision.Verdict;
import dev.smt.metric.ModelDelta;
import java.util.List;
import java.util.Optional;

/**
 * What a technique's replicates say.
 *
 * @param evidence with the verdict
 * @param fresh the models' mean deltas over the fresh replicates; none where there is no replicate
 * @param toClose what would make an open verdict clear, or why there are no numbers
 */
record TechniqueEvidence(Evidence evidence, List<ModelDelta> fresh, Optional<String> toClose) {
    boolean accepted() {
        return evidence.verdict() == Verdict.ACCEPTED;
    }
}
