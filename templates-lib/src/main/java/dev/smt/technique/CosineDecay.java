package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Lets the learning rates fall along half a cosine. */
@AutoService(Technique.class)
public final class CosineDecay extends FieldTechnique {
    private static final String FLOOR = "cosine-decay.floor";

    public CosineDecay() {
        super(
                new TechniqueDescription(
                        "cosine-decay",
                        1,
                        TechniqueKind.TRAINING,
                        "lowers both learning rates along half a cosine to a share of their peak",
                        "Loshchilov and Hutter 2017, SGDR, arXiv 1608.03983, Eq. 5",
                        SearchSpace.of(new Parameter.Real(FLOOR, 0, 0.9, false)),
                        ParameterValues.empty().with(FLOOR, 0.1)),
                Map.of(FLOOR, "training.decay"),
                Map.of("training.optimizer.schedule", "cosine"));
    }
}
