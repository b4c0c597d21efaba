package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Interaction;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;

/** Learns products of features of a bounded degree, beside the dot products. */
@AutoService(Technique.class)
public final class CrossNetwork extends InteractionTechnique {
    private static final String LAYERS = "cross-network.layers";
    private static final String RANK = "cross-network.rank";

    public CrossNetwork() {
        super(new TechniqueDescription(
                "cross-network",
                1,
                TechniqueKind.ARCHITECTURE,
                "adds DCN v2 cross layers, full or low-rank, beside the other interactions",
                "Wang et al. 2021, DCN V2, arXiv 2008.13535, Eq. 1 and 2",
                SearchSpace.of(
                        new Parameter.Whole(LAYERS, 1, 3, false),
                        new Parameter.Categorical(RANK, List.of("full", "8", "16"))),
                ParameterValues.empty().with(LAYERS, 2L).with(RANK, "16")));
    }

    @Override
    protected Interaction interaction(ParameterValues theta) {
        String rank = theta.level(RANK);
        return new Interaction.Cross(whole(theta, LAYERS), rank.equals("full") ? 0 : Integer.parseInt(rank));
    }
}
