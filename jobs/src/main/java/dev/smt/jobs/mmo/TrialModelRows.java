package dev.smt.jobs.mmo;

import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.trial.PairedResult;
import java.util.OptionalDouble;

/** Rows of the table {@code trial_models}. */
public final class TrialModelRows {
    private static final String DONE = "DONE";
    private static final String FAILED = "FAILED";

    private TrialModelRows() {}

    /** One model of one trial as a row; also of the holdout validation. */
    public static TrialModelRow of(String runId, String studyId, String technique, int trial, PairedResult result) {
        boolean failed = result.delta().failed();
        return new TrialModelRow(
                runId,
                studyId,
                technique,
                trial,
                result.delta().modelId(),
                0,
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
}
