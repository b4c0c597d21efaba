package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Leaves out the served rows that say least. */
@AutoService(Technique.class)
public final class EmbeddingPruning extends FieldTechnique {
    private static final String SHARE = "embedding-pruning.share";

    public EmbeddingPruning() {
        super(
                new TechniqueDescription(
                        "embedding-pruning",
                        1,
                        TechniqueKind.SERVING,
                        "leaves out the share of the embedding rows with the smallest norms",
                        "Liu et al. 2021, Learnable Embedding Sizes for Recommender Systems (PEP), arXiv 2101.07577",
                        SearchSpace.of(new Parameter.Real(SHARE, 0.01, 0.5, true)),
                        ParameterValues.empty().with(SHARE, 0.1)),
                Map.of(SHARE, "serving.pruned-share"),
                Map.of());
    }
}
