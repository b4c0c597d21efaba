package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Interaction;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;

/** Stacks layers in which several interactions work side by side. */
@AutoService(Technique.class)
public final class InteractionEnsemble extends InteractionTechnique {
    private static final String LAYERS = "interaction-ensemble.layers";
    private static final String RANK = "interaction-ensemble.rank";

    public InteractionEnsemble() {
        super(new TechniqueDescription(
                "interaction-ensemble",
                1,
                TechniqueKind.ARCHITECTURE,
                "adds DHEN layers: dot products, a cross layer and a linear map side by side, summed and normalized",
                "Zhang et al. 2022, DHEN, arXiv 2203.11014",
                SearchSpace.of(new Parameter.Whole(LAYERS, 1, 3, false), new Parameter.Whole(RANK, 4, 32, true)),
                ParameterValues.empty().with(LAYERS, 1L).with(RANK, 8L)));
    }

    @Override
    protected Interaction interaction(ParameterValues theta) {
        return new Interaction.Ensemble(whole(theta, LAYERS), whole(theta, RANK));
    }
}
