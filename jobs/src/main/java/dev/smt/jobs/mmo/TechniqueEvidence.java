package dev.smt.jobs.mmo;

import dev.smt.decision.Evidence;
import dev.smt.decision.Verdict;
import java.util.Optional;

/**
 * What a technique's replicates say.
 *
 * @param evidence with the verdict
 * @param toClose what would make an open verdict clear, or why there are no numbers
 */
record TechniqueEvidence(Evidence evidence, Optional<String> toClose) {
    boolean accepted() {
        return evidence.verdict() == Verdict.ACCEPTED;
    }
}
