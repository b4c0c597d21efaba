package dev.smt.training;

import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.sharding.ShardingTemplate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a template's models are trained (paper, section 3.2.1).
 *
 * @param epochs passes over the training rows, 1 or more
 * @param batchSize B, 1 or more
 * @param embeddingLearningRate of the embedding tables' optimizer, above 0
 * @param denseLearningRate of the dense parameters' optimizer, above 0
 * @param warmupShare share of the steps in which the learning rates rise linearly from 0, in [0, 1)
 * @param decay the learning rates end at this share of their peak, as the schedule says, in [0, 1]; 1: constant
 * @param weightDecay of the dense weights, 0 or more; decoupled where the optimizer is AdamW
 * @param labelSmoothing s: the label y is trained as y * (1 - s) + s / 2; in [0, 1)
 * @param optimizer how the parameters move
 * @param loss what is minimized
 * @param heldOut which rows are not learned from, and what for
 * @param sharding how the work is spread over devices
 */
public record TrainingTemplate(
        int epochs,
        int batchSize,
        double embeddingLearningRate,
        double denseLearningRate,
        double warmupShare,
        double decay,
        double weightDecay,
        double labelSmoothing,
        OptimizerTemplate optimizer,
        LossTemplate loss,
        HeldOutTemplate heldOut,
        ShardingTemplate sharding)
        implements Serializable {
    public TrainingTemplate {
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(heldOut, "heldOut");
        Objects.requireNonNull(sharding, "sharding");
        List<String> problems = new ArrayList<>();
        require(problems, "epochs", epochs, epochs >= 1, "1 or more");
        require(problems, "batch-size", batchSize, batchSize >= 1, "1 or more");
        require(problems, "embedding-learning-rate", embeddingLearningRate, embeddingLearningRate > 0, "above 0");
        require(problems, "dense-learning-rate", denseLearningRate, denseLearningRate > 0, "above 0");
        require(problems, "warmup-share", warmupShare, warmupShare >= 0 && warmupShare < 1, "0 to below 1");
        require(problems, "decay", decay, decay >= 0 && decay <= 1, "0 to 1");
        require(problems, "weight-decay", weightDecay, weightDecay >= 0, "0 or more");
        require(problems, "label-smoothing", labelSmoothing, labelSmoothing >= 0 && labelSmoothing < 1, "0 to below 1");
        problems.addAll(ShardingSupport.problems(sharding, batchSize, optimizer, heldOut));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** With AdamW and row-wise AdaGrad, on log loss, from all rows: as the first format version's templates. */
    public TrainingTemplate(
            int epochs,
            int batchSize,
            double embeddingLearningRate,
            double denseLearningRate,
            double warmupShare,
            double decay,
            double weightDecay,
            double labelSmoothing) {
        this(
                epochs,
                batchSize,
                embeddingLearningRate,
                denseLearningRate,
                warmupShare,
                decay,
                weightDecay,
                labelSmoothing,
                OptimizerTemplate.DEFAULT,
                LossTemplate.DEFAULT,
                HeldOutTemplate.DEFAULT,
                ShardingTemplate.DEFAULT);
    }

    /** The optimizer of the embedding tables. */
    public EmbeddingOptimizer embeddingOptimizer() {
        return optimizer.embedding().create(optimizer.embeddingWeightDecay());
    }

    public TrainingTemplate withOptimizer(OptimizerTemplate value) {
        return with(value, loss, heldOut, sharding);
    }

    public TrainingTemplate withLoss(LossTemplate value) {
        return with(optimizer, value, heldOut, sharding);
    }

    public TrainingTemplate withHeldOut(HeldOutTemplate value) {
        return with(optimizer, loss, value, sharding);
    }

    public TrainingTemplate withSharding(ShardingTemplate value) {
        return with(optimizer, loss, heldOut, value);
    }

    private TrainingTemplate with(
            OptimizerTemplate newOptimizer,
            LossTemplate newLoss,
            HeldOutTemplate newHeldOut,
            ShardingTemplate newSharding) {
        return new TrainingTemplate(
                epochs,
                batchSize,
                embeddingLearningRate,
                denseLearningRate,
                warmupShare,
                decay,
                weightDecay,
                labelSmoothing,
                newOptimizer,
                newLoss,
                newHeldOut,
                newSharding);
    }

    private static void require(List<String> problems, String key, double value, boolean holds, String allowed) {
        if (!holds || Double.isInfinite(value)) {
            problems.add(key + " is " + value + "; allowed: " + allowed);
        }
    }
}
