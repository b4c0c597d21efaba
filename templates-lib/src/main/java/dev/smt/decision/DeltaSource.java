package dev.smt.decision;

import dev.smt.metric.ModelDelta;
import java.util.List;

/** The deltas that one technique shows in a study: measured, or drawn from known effects. */
public interface DeltaSource {
    /** What a trial of the search shows on every model; theta has no part in it. */
    List<ModelDelta> trial(int number);

    /** What a fresh replicate shows on every model. */
    List<ModelDelta> replicate(int number);
}
