package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;

/** Learns products of features of a bounded degree, beside the dot products. */
@AutoService(Technique.class)
public final class CrossNetwork extends CheckedTechnique {
    private static final String LAYERS = "cross-network.layers";
    private static final String RANK = "cross-network.rank";
    private static final String FULL = "full";

    @Override
    public String name() {
        return "cross-network";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public TechniqueKind kind() {
        return TechniqueKind.ARCHITECTURE;
    }

    @Override
    public String summary() {
        return "adds DCN v2 cross layers, full or low-rank, beside the other interactions";
    }

    @Override
    public String paper() {
        return "Wang et al. 2021, DCN V2, arXiv 2008.13535, Eq. 1 and 2";
    }

    @Override
    public SearchSpace searchSpace() {
        return SearchSpace.of(
                new Parameter.Whole(LAYERS, 1, 3, false), new Parameter.Categorical(RANK, List.of(FULL, "8", "16")));
    }

    @Override
    public ParameterValues defaults() {
        return ParameterValues.empty().with(LAYERS, 2L).with(RANK, "16");
    }

    @Override
    protected Template change(Template template, ParameterValues theta) {
        String level = theta.level(RANK);
        int rank = level.equals(FULL) ? 0 : Integer.parseInt(level);
        List<Interaction> interactions = new ArrayList<>(template.architecture().interactions());
        interactions.removeIf(Cross.class::isInstance);
        interactions.add(new Cross(Math.toIntExact(theta.whole(LAYERS)), rank));
        return template.withArchitecture(template.architecture().withInteractions(interactions));
    }
}
