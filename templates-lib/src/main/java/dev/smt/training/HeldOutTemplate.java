package dev.smt.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which training rows a template's models don't learn from, and what for. The last rows in time are for calibration, those
 * before them for early stopping; evaluation rows are never among them.
 *
 * @param validationShare share of the training rows whose loss stops the training, in [0, 1); 0: no early stopping
 * @param validationChecks the loss is looked at this many times in a full training, at equal distances, 1 or more
 * @param patience the training ends after this many checks without a better loss, 1 or more
 * @param calibrationShare share of the training rows that Platt scaling of the 0/1 labels' log odds is fitted on, in [0, 1); 0: none
 */
public record HeldOutTemplate(double validationShare, int validationChecks, int patience, double calibrationShare)
        implements Serializable {
    /** Models learn from all rows. */
    public static final HeldOutTemplate DEFAULT = new HeldOutTemplate(0, 20, 3, 0);

    public HeldOutTemplate {
        List<String> problems = new ArrayList<>();
        if (!(validationShare >= 0 && validationShare < 1)) {
            problems.add("validation-share is " + validationShare + "; allowed: 0 (none) to below 1");
        }
        if (validationChecks < 1) {
            problems.add("validation-checks is " + validationChecks + "; allowed: 1 or more");
        }
        if (patience < 1) {
            problems.add("patience is " + patience + "; allowed: 1 or more");
        }
        if (!(calibrationShare >= 0 && calibrationShare < 1)) {
            problems.add("calibration-share is " + calibrationShare + "; allowed: 0 (none) to below 1");
        }
        if (validationShare + calibrationShare >= 1) {
            problems.add("validation-share and calibration-share together are " + (validationShare + calibrationShare)
                    + "; allowed: below 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    public HeldOutTemplate withValidation(double share, int checks, int checksOfPatience) {
        return new HeldOutTemplate(share, checks, checksOfPatience, calibrationShare);
    }

    public HeldOutTemplate withCalibrationShare(double value) {
        return new HeldOutTemplate(validationShare, validationChecks, patience, value);
    }
}
