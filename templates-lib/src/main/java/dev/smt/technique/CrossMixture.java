package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Interaction;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;

/** Crosses features by several low-rank maps that each row weighs for itself. */
@AutoService(Technique.class)
public final class CrossMixture extends InteractionTechnique {
    private static final String LAYERS = "cross-mixture.layers";
    private static final String EXPERTS = "cross-mixture.experts";
    private static final String RANK = "cross-mixture.rank";

    public CrossMixture() {
        super(new TechniqueDescription(
                "cross-mixture",
                1,
                TechniqueKind.ARCHITECTURE,
                "adds cross layers made of a gated mixture of low-rank experts",
                "Wang et al. 2021, DCN V2, arXiv 2008.13535 (mixture of low-rank DCN)",
                SearchSpace.of(
                        new Parameter.Whole(LAYERS, 1, 3, false),
                        new Parameter.Whole(EXPERTS, 2, 4, false),
                        new Parameter.Whole(RANK, 4, 32, true)),
                ParameterValues.empty().with(LAYERS, 2L).with(EXPERTS, 2L).with(RANK, 8L)));
    }

    @Override
    protected Interaction interaction(ParameterValues theta) {
        return new Interaction.CrossMixture(whole(theta, LAYERS), whole(theta, EXPERTS), whole(theta, RANK));
    }
}
