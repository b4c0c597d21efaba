package dev.smt.jobs.trial;

import dev.smt.data.RowSample;
import dev.smt.jobs.ingest.Split;
import dev.smt.training.ModelSpecification;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The unit of work that goes to an executor: one training, and its evaluation on one or more splits.
 *
 * @param modelId the model
 * @param pipeline the data pipeline to read
 * @param dataVersion of the pipeline's encoded examples
 * @param specification what to train
 * @param seed of the training
 * @param evaluateOn the splits to evaluate on
 * @param segments id features in whose segments the test rows are evaluated too; none: they are not
 * @param sample the training rows that it sees
 * @param cost relative cost, such as the training rows; the most costly start first
 */
public record TrialModel(
        String modelId,
        String pipeline,
        String dataVersion,
        ModelSpecification specification,
        long seed,
        List<Split> evaluateOn,
        List<String> segments,
        RowSample sample,
        long cost)
        implements Serializable {
    public TrialModel {
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(specification, "specification");
        evaluateOn = List.copyOf(evaluateOn);
        segments = List.copyOf(segments);
        Objects.requireNonNull(sample, "sample");
    }
}
