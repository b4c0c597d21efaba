package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Sets the learning rates of embeddings and dense weights, and how they rise and fall. */
@AutoService(Technique.class)
public final class LearningRates extends FieldTechnique {
    private static final String EMBEDDING = "learning-rates.embedding-learning-rate";
    private static final String DENSE = "learning-rates.dense-learning-rate";
    private static final String WARMUP = "learning-rates.warmup-share";
    private static final String DECAY = "learning-rates.decay";

    public LearningRates() {
        super(
                new TechniqueDescription(
                        "learning-rates",
                        1,
                        TechniqueKind.TRAINING,
                        "sets both learning rates, their linear warm-up and their linear decay",
                        "Goyal et al. 2017, arXiv 1706.02677, section 2.2 (warm-up);"
                                + " Defazio et al. 2023, arXiv 2310.07831 (linear decay)",
                        SearchSpace.of(
                                new Parameter.Real(EMBEDDING, 0.005, 0.5, true),
                                new Parameter.Real(DENSE, 1e-4, 1e-2, true),
                                new Parameter.Real(WARMUP, 0, 0.3, false),
                                new Parameter.Real(DECAY, 0, 1, false)),
                        ParameterValues.empty()
                                .with(EMBEDDING, 0.05)
                                .with(DENSE, 1e-3)
                                .with(WARMUP, 0.05)
                                .with(DECAY, 0.1)),
                Map.of(
                        EMBEDDING,
                        "training.embedding-learning-rate",
                        DENSE,
                        "training.dense-learning-rate",
                        WARMUP,
                        "training.warmup-share",
                        DECAY,
                        "training.decay"),
                Map.of("training.optimizer.schedule", "linear"));
    }
}
