package dev.smt.training.optimizer;

import dev.smt.nn.embedding.EmbeddingOptimizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a template's models move (paper, section 3.2.1).
 *
 * @param dense optimizer of the dense parameters
 * @param momentum of the dense optimizer {@code sgd}, in [0, 1); the others have none to set
 * @param embedding optimizer of the embedding tables
 * @param embeddingWeightDecay decoupled decay of the rows that a batch touches, 0 or more
 * @param clipNorm where the norm of the whole gradient, dense and embedded, is above it, all of it is scaled down to it
 *     (Pascanu, Mikolov, Bengio 2013); 0: off
 * @param schedule how the learning rates fall after the warm-up
 * @param averagingShare the model predicts with the mean of its parameters over the last this share of the steps (Polyak,
 *     Juditsky 1992; Izmailov et al. 2018), in [0, 1]; 0: off
 */
public record OptimizerTemplate(
        DenseOptimizer.Kind dense,
        double momentum,
        EmbeddingOptimizer.Kind embedding,
        double embeddingWeightDecay,
        double clipNorm,
        Schedule schedule,
        double averagingShare)
        implements Serializable {
    /** What the first format version's templates mean. */
    public static final OptimizerTemplate DEFAULT = new OptimizerTemplate(
            DenseOptimizer.Kind.ADAMW, 0, EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD, 0, 0, Schedule.LINEAR, 0);

    public OptimizerTemplate {
        Objects.requireNonNull(dense, "dense");
        Objects.requireNonNull(embedding, "embedding");
        Objects.requireNonNull(schedule, "schedule");
        List<String> problems = new ArrayList<>();
        if (!(momentum >= 0 && momentum < 1)) {
            problems.add("momentum is " + momentum + "; allowed: 0 to below 1");
        }
        if (!(embeddingWeightDecay >= 0 && embeddingWeightDecay < Double.POSITIVE_INFINITY)) {
            problems.add("embedding-weight-decay is " + embeddingWeightDecay + "; allowed: 0 or more");
        }
        if (!(clipNorm >= 0 && clipNorm < Double.POSITIVE_INFINITY)) {
            problems.add("clip-norm is " + clipNorm + "; allowed: 0 (off) or more");
        }
        if (!(averagingShare >= 0 && averagingShare <= 1)) {
            problems.add("averaging-share is " + averagingShare + "; allowed: 0 (off) to 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    public OptimizerTemplate withDense(DenseOptimizer.Kind value, double valueOfMomentum) {
        return new OptimizerTemplate(
                value, valueOfMomentum, embedding, embeddingWeightDecay, clipNorm, schedule, averagingShare);
    }

    public OptimizerTemplate withEmbedding(EmbeddingOptimizer.Kind value, double weightDecay) {
        return new OptimizerTemplate(dense, momentum, value, weightDecay, clipNorm, schedule, averagingShare);
    }

    public OptimizerTemplate withClipNorm(double value) {
        return new OptimizerTemplate(dense, momentum, embedding, embeddingWeightDecay, value, schedule, averagingShare);
    }

    public OptimizerTemplate withSchedule(Schedule value) {
        return new OptimizerTemplate(dense, momentum, embedding, embeddingWeightDecay, clipNorm, value, averagingShare);
    }

    public OptimizerTemplate withAveragingShare(double value) {
        return new OptimizerTemplate(dense, momentum, embedding, embeddingWeightDecay, clipNorm, schedule, value);
    }
}
