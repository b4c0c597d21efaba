package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Interaction;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;

/** Stacks factorization machines, so that each layer doubles the degree of the interactions. */
@AutoService(Technique.class)
public final class FactorizationStack extends InteractionTechnique {
    private static final String LAYERS = "factorization-stack.layers";
    private static final String RANK = "factorization-stack.rank";
    private static final String VECTORS = "factorization-stack.vectors";

    public FactorizationStack() {
        super(new TechniqueDescription(
                "factorization-stack",
                1,
                TechniqueKind.ARCHITECTURE,
                "adds Wukong layers: a factorization machine block beside a linear compression block",
                "Zhang et al. 2024, Wukong: Towards a Scaling Law for Large-Scale Recommendation, arXiv 2403.02545",
                SearchSpace.of(
                        new Parameter.Whole(LAYERS, 1, 3, false),
                        new Parameter.Whole(RANK, 4, 16, true),
                        new Parameter.Whole(VECTORS, 2, 16, true)),
                ParameterValues.empty().with(LAYERS, 1L).with(RANK, 8L).with(VECTORS, 4L)));
    }

    @Override
    protected Interaction interaction(ParameterValues theta) {
        int vectors = whole(theta, VECTORS);
        return new Interaction.FactorizationStack(whole(theta, LAYERS), whole(theta, RANK), vectors, vectors, 32);
    }
}
