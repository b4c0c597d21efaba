package dev.smt.jobs.trial;

import dev.smt.jobs.ingest.Split;
import dev.smt.metric.Evaluation;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * What an executor sends back: small, whatever the data's size.
 *
 * @param modelId the model
 * @param failureReason why the training failed; null where it did not (an Optional can't be serialized)
 * @param evaluations by split; empty where it failed
 * @param trainSeconds time of the training
 * @param examples training examples seen
 * @param device cpu, or the GPU's address
 * @param host the executor's host
 */
public record TrialModelOutcome(
        String modelId,
        String failureReason,
        Map<Split, Evaluation> evaluations,
        double trainSeconds,
        long examples,
        String device,
        String host)
        implements Serializable {
    public TrialModelOutcome {
        evaluations = Map.copyOf(evaluations);
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
