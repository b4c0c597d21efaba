package dev.smt.metric;

import java.io.Serializable;
import java.util.Objects;

/**
 * One model's part of a trial: its delta, or the fact that its training failed.
 *
 * @param modelId the model
 * @param failed the training failed (NaN loss, out of memory, time-out); the model then counts as a regression
 * @param delta NE delta in percent (Eq. 1); NaN where failed
 * @param standardError of the delta, in percent; NaN where failed or unknown
 */
public record ModelDelta(String modelId, boolean failed, double delta, double standardError) implements Serializable {
    public ModelDelta {
        Objects.requireNonNull(modelId, "modelId");
        if (!failed && !Double.isFinite(delta)) {
            throw new IllegalArgumentException(
                    "model " + modelId + ": delta is " + delta + "; a trial without a finite delta is a failed one");
        }
        if (failed && !(Double.isNaN(delta) && Double.isNaN(standardError))) {
            throw new IllegalArgumentException("model " + modelId + " failed and has the delta " + delta + " +- "
                    + standardError + "; a failed one has neither");
        }
        if (standardError < 0 || Double.isInfinite(standardError)) {
            throw new IllegalArgumentException("model " + modelId + ": the standard error is " + standardError
                    + "; allowed: finite and 0 or more, or NaN where unknown");
        }
    }

    public static ModelDelta of(String modelId, PairedDelta delta) {
        return new ModelDelta(modelId, false, delta.delta(), delta.standardError());
    }

    public static ModelDelta failure(String modelId) {
        return new ModelDelta(modelId, true, Double.NaN, Double.NaN);
    }
}
