package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Gives every number of an embedding row its own step size, at the cost of as much memory again in training. */
@AutoService(Technique.class)
public final class EmbeddingAdagrad extends FieldTechnique {
    private static final String LEARNING_RATE = "embedding-adagrad.learning-rate";

    public EmbeddingAdagrad() {
        super(
                new TechniqueDescription(
                        "embedding-adagrad",
                        1,
                        TechniqueKind.TRAINING,
                        "trains embedding tables by element-wise instead of row-wise AdaGrad",
                        "Duchi, Hazan and Singer 2011, JMLR 12",
                        SearchSpace.of(new Parameter.Real(LEARNING_RATE, 0.005, 0.5, true)),
                        ParameterValues.empty().with(LEARNING_RATE, 0.05)),
                Map.of(LEARNING_RATE, "training.embedding-learning-rate"),
                Map.of("training.optimizer.embedding", "adagrad"));
    }
}
