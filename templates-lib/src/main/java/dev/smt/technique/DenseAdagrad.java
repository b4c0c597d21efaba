package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Trains the dense parameters by AdaGrad, with a learning rate of its own. */
@AutoService(Technique.class)
public final class DenseAdagrad extends FieldTechnique {
    private static final String LEARNING_RATE = "dense-adagrad.learning-rate";

    public DenseAdagrad() {
        super(
                new TechniqueDescription(
                        "dense-adagrad",
                        1,
                        TechniqueKind.TRAINING,
                        "trains the dense parameters by AdaGrad",
                        "Duchi, Hazan and Singer 2011, JMLR 12",
                        SearchSpace.of(new Parameter.Real(LEARNING_RATE, 0.001, 0.1, true)),
                        ParameterValues.empty().with(LEARNING_RATE, 0.02)),
                Map.of(LEARNING_RATE, "training.dense-learning-rate"),
                Map.of("training.optimizer.dense", "adagrad", "training.optimizer.momentum", 0));
    }
}
