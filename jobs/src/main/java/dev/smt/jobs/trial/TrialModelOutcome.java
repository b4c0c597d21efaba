package dev.smt.jobs.trial;

import dev.smt.jobs.ingest.Split;
import dev.smt.metric.Evaluation;
import dev.smt.metric.SegmentEvaluation;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an executor sends back: small, whatever the data's size.
 *
 * @param modelId the model
 * @param failureReason why the training failed; null where it did not (an Optional can't be serialized)
 * @param evaluations by split; empty where it failed
 * @param segments of the test rows; empty where it failed, or none were asked for
 * @param trainSeconds time of the training
 * @param examples training examples seen
 * @param device cpu, or gpu: and the GPU's address
 * @param host the executor's host
 */
public record TrialModelOutcome(
        String modelId,
        String failureReason,
        Map<Split, Evaluation> evaluations,
        List<SegmentEvaluation> segments,
        double trainSeconds,
        long examples,
        String device,
        String host)
        implements Serializable {
    public TrialModelOutcome {
        evaluations = Map.copyOf(evaluations);
        segments = List.copyOf(segments);
    }

    public boolean failed() {
        return failureReason != null;
    }

    /** Why the training failed; empty where it did not. */
    public Optional<String> reason() {
        return Optional.ofNullable(failureReason);
    }

    public Evaluation evaluation(Split split) {
        Evaluation evaluation = evaluations.get(split);
        if (evaluation == null) {
            throw new IllegalStateException("model " + modelId + " was not evaluated on the " + split + " rows"
                    + reason().map(why -> " (" + why + ")").orElse(""));
        }
        return evaluation;
    }
}
