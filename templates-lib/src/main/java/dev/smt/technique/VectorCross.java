package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Interaction;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;

/** Crosses features at the cost of one vector per layer. */
@AutoService(Technique.class)
public final class VectorCross extends InteractionTechnique {
    private static final String LAYERS = "vector-cross.layers";

    public VectorCross() {
        super(new TechniqueDescription(
                "vector-cross",
                1,
                TechniqueKind.ARCHITECTURE,
                "adds DCN cross layers with a weight vector each, beside the other interactions",
                "Wang et al. 2017, Deep and Cross Network for Ad Click Predictions, arXiv 1708.05123, section 2.2",
                SearchSpace.of(new Parameter.Whole(LAYERS, 1, 4, false)),
                ParameterValues.empty().with(LAYERS, 2L)));
    }

    @Override
    protected Interaction interaction(ParameterValues theta) {
        return new Interaction.VectorCross(whole(theta, LAYERS));
    }
}
