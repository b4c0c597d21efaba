package dev.smt.jobs.trial;

import dev.smt.jobs.table.Cells;
import dev.smt.metric.ModelDelta;
import dev.smt.metric.PairedDelta;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A trained model beside its baseline, on the same rows.
 *
 * @param delta the NE delta (Eq. 1), or that the training failed
 * @param reason why the training failed
 * @param ne normalized entropy; empty where it failed
 * @param neBase the baseline's
 * @param aucDelta AUC minus the baseline's; empty where either is not defined
 * @param calibration predicted positives / positives
 * @param flopsRatio inference FLOPs / the baseline's
 * @param bytesRatio parameter bytes / the baseline's
 * @param trainSeconds time of the training
 * @param examples training examples seen
 * @param device cpu, or gpu: and the GPU's address
 * @param host the executor's host
 * @param segments the same in segments of the test rows; empty where it failed, or none were asked for
 * @param unseen the NE delta on the test rows that nothing is decided by; empty where it failed or there are none
 */
public record PairedResult(
        ModelDelta delta,
        Optional<String> reason,
        OptionalDouble ne,
        double neBase,
        OptionalDouble aucDelta,
        OptionalDouble calibration,
        double flopsRatio,
        double bytesRatio,
        double trainSeconds,
        long examples,
        String device,
        String host,
        List<SegmentResult> segments,
        Optional<PairedDelta> unseen) {
    public PairedResult {
        segments = List.copyOf(segments);
    }

    /** The delta as a column; empty where the training failed. */
    public OptionalDouble neDelta() {
        return Cells.finite(delta.delta());
    }

    /** The delta on the unseen rows as a column; empty where there is none. */
    public OptionalDouble unseenDelta() {
        return Cells.finite(unseen.map(PairedDelta::delta).orElse(Double.NaN));
    }

    /** Its standard error as a column; empty where there is none. */
    public OptionalDouble unseenDeltaSe() {
        return Cells.finite(unseen.map(PairedDelta::standardError).orElse(Double.NaN));
    }

    /** The delta's standard error as a column; empty where there is none. */
    public OptionalDouble neDeltaSe() {
        return Cells.finite(delta.standardError());
    }
}
