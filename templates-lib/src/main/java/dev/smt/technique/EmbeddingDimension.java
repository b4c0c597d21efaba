package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Wider or narrower embedding vectors. */
@AutoService(Technique.class)
public final class EmbeddingDimension extends FieldTechnique {
    private static final String WIDTH = "embedding-dimension.width";

    public EmbeddingDimension() {
        super(
                new TechniqueDescription(
                        "embedding-dimension",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "sets the width of the embedding vectors",
                        "Zhao et al. 2021, AutoDim, WWW",
                        SearchSpace.of(new Parameter.Whole(WIDTH, 8, 48, true)),
                        ParameterValues.empty().with(WIDTH, 24L)),
                Map.of(WIDTH, "architecture.embedding-dimension"),
                Map.of());
    }
}
