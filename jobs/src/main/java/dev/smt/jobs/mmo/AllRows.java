package dev.smt.jobs.mmo;

import dev.smt.bayes.ThetaRule;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.metric.ModelDelta;
import java.util.List;
import java.util.Locale;

/** The decision on a technique whose theta* was found on a share of the training rows, by its trainings on all of them. */
final class AllRows {
    private AllRows() {}

    /**
     * Eq. 2 to 6 with theta*'s deltas on all rows.
     *
     * @param found by the search
     * @param theta theta* with its deltas on the sample
     * @param deltas of the same models on all rows
     */
    static TechniqueDecisionRow decide(
            TechniqueWork work, TechniqueDecisionRow found, CompletedTrial theta, List<ModelDelta> deltas) {
        CompletedTrial onAllRows = new CompletedTrial(theta.number(), theta.theta(), deltas, theta.flopsRatio());
        TechniqueDecisionRow decided = new TechniqueDecider(work.objective(), work.capacity(), ThetaRule.PAPER)
                .decide(
                        found.runId(),
                        found.studyId(),
                        work.technique(),
                        List.of(onAllRows),
                        StudyBeliefs.missing("one trial on all rows"));
        return found.withOutcome(decided);
    }

    /** What the search saw, and on how many rows, in words. */
    static String text(TechniqueDecisionRow found, double share, boolean again) {
        return String.format(
                Locale.ROOT,
                "  searched on %.4g %% of the training rows%s%s",
                100 * share,
                found.muStar().isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", where theta* had mu %+.3f %%, R %.2f",
                                found.muStar().getAsDouble(),
                                found.regressionRate().orElse(Double.NaN)),
                again
                        ? "; trained again on all rows, which decides"
                        : "; not trained on all rows, since that rejects it");
    }
}
