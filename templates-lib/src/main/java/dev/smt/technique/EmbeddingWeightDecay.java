package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Pulls embedding rows towards zero as they are used, so that rare ids say less. */
@AutoService(Technique.class)
public final class EmbeddingWeightDecay extends FieldTechnique {
    private static final String DECAY = "embedding-weight-decay.decay";

    public EmbeddingWeightDecay() {
        super(
                new TechniqueDescription(
                        "embedding-weight-decay",
                        1,
                        TechniqueKind.TRAINING,
                        "shrinks the embedding rows that a batch touches, decoupled from the gradient",
                        "Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization, arXiv 1711.05101, Algorithm 2",
                        SearchSpace.of(new Parameter.Real(DECAY, 1e-5, 0.1, true)),
                        ParameterValues.empty().with(DECAY, 0.001)),
                Map.of(DECAY, "training.optimizer.embedding-weight-decay"),
                Map.of());
    }
}
