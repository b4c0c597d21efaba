package dev.smt.jobs.mmo;

import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.trial.CostRatios;
import dev.smt.jobs.trial.PairedResult;
import java.util.Optional;
import java.util.OptionalDouble;

/** Rows of the table {@code trial_models}. */
public final class TrialModelRows {
    private static final String DONE = "DONE";
    private static final String FAILED = "FAILED";
    private static final String NONE = "none";

    private TrialModelRows() {}

    /** One model of one trial as a row; also of the holdout validation. */
    public static TrialModelRow of(String runId, String studyId, String technique, int trial, PairedResult result) {
        return replicate(runId, studyId, technique, trial, 0, result);
    }

    /** One model of one trial, trained with the seeds of a replicate. */
    static TrialModelRow replicate(
            String runId, String studyId, String technique, int trial, int replicate, PairedResult result) {
        boolean failed = result.delta().failed();
        return new TrialModelRow(
                runId,
                studyId,
                technique,
                trial,
                result.delta().modelId(),
                replicate,
                failed ? FAILED : DONE,
                result.reason(),
                result.ne(),
                failed ? OptionalDouble.empty() : OptionalDouble.of(result.neBase()),
                result.neDelta(),
                result.neDeltaSe(),
                result.aucDelta(),
                result.calibration(),
                result.flopsRatio(),
                result.bytesRatio(),
                result.trainSeconds(),
                result.examples(),
                result.device(),
                result.host());
    }

    /** A model that was not trained, since its trial was decided without it. */
    static TrialModelRow skipped(
            String runId,
            String studyId,
            String technique,
            int trial,
            String modelId,
            String reason,
            CostRatios ratios) {
        OptionalDouble none = OptionalDouble.empty();
        return new TrialModelRow(
                runId,
                studyId,
                technique,
                trial,
                modelId,
                0,
                TrialModelRow.SKIPPED,
                Optional.of(reason),
                none,
                none,
                none,
                none,
                none,
                none,
                ratios.flops(),
                ratios.bytes(),
                0,
                0,
                NONE,
                NONE);
    }

    static boolean skipped(TrialModelRow row) {
        return row.status().equals(TrialModelRow.SKIPPED);
    }
}
