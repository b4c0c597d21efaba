package dev.smt.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How a template's models are trained (paper, section 3.2.1).
 *
 * @param epochs passes over the training rows, 1 or more
 * @param batchSize B, 1 or more
 * @param embeddingLearningRate of row-wise AdaGrad, above 0
 * @param denseLearningRate of Adam, above 0
 * @param warmupShare share of the steps in which the learning rates rise linearly from 0, in [0, 1)
 * @param decay the learning rates end at this share of their peak, linearly, in [0, 1]; 1: constant
 * @param weightDecay of the dense weights, decoupled (AdamW), 0 or more
 * @param labelSmoothing s: the label y is trained as y * (1 - s) + s / 2; in [0, 1)
 */
public record TrainingTemplate(
        int epochs,
        int batchSize,
        double embeddingLearningRate,
        double denseLearningRate,
        double warmupShare,
        double decay,
        double weightDecay,
        double labelSmoothing)
        implements Serializable {
    public TrainingTemplate {
        List<String> problems = new ArrayList<>();
        require(problems, "epochs", epochs, epochs >= 1, "1 or more");
        require(problems, "batch-size", batchSize, batchSize >= 1, "1 or more");
        require(problems, "embedding-learning-rate", embeddingLearningRate, embeddingLearningRate > 0, "above 0");
        require(problems, "dense-learning-rate", denseLearningRate, denseLearningRate > 0, "above 0");
        require(problems, "warmup-share", warmupShare, warmupShare >= 0 && warmupShare < 1, "0 to below 1");
        require(problems, "decay", decay, decay >= 0 && decay <= 1, "0 to 1");
        require(problems, "weight-decay", weightDecay, weightDecay >= 0, "0 or more");
        require(problems, "label-smoothing", labelSmoothing, labelSmoothing >= 0 && labelSmoothing < 1, "0 to below 1");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, String key, double value, boolean holds, String allowed) {
        if (!holds || Double.isInfinite(value)) {
            problems.add(key + " is " + value + "; allowed: " + allowed);
        }
    }
}
