package dev.smt.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * A verdict with its reasons.
 *
 * @param verdict what the data say
 * @param reasons why they can't tell; empty where they can
 */
public record Finding(Verdict verdict, List<String> reasons) {
    public Finding {
        reasons = List.copyOf(reasons);
        if ((verdict == Verdict.CANNOT_TELL) == reasons.isEmpty()) {
            throw new IllegalArgumentException(
                    "verdict " + verdict + " with the reasons " + reasons + "; only CANNOT_TELL has reasons");
        }
    }

    /**
     * The finding on a difference.
     *
     * @param difference against what it is compared with
     * @param level of the interval that decides
     * @param doubts reasons not to trust the difference, whatever its interval
     */
    public static Finding of(Estimate difference, double level, List<String> doubts) {
        List<String> reasons = new ArrayList<>(doubts);
        if (difference.standardError() == 0) {
            reasons.add("nothing varies, so there is no standard error");
        } else if (difference.interval(level).contains(0)) {
            reasons.add("the interval of the difference contains 0");
        }
        if (!reasons.isEmpty()) {
            return new Finding(Verdict.CANNOT_TELL, reasons);
        }
        return new Finding(difference.value() > 0 ? Verdict.HIGHER : Verdict.LOWER, List.of());
    }
}
