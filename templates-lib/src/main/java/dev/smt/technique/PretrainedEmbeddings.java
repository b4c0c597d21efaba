package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Vectors that another model has learned, such as of an item's text or picture. */
@AutoService(Technique.class)
public final class PretrainedEmbeddings extends FieldTechnique {
    private static final String VECTORS = "pretrained-embeddings.vectors";

    public PretrainedEmbeddings() {
        super(
                new TechniqueDescription(
                        "pretrained-embeddings",
                        1,
                        TechniqueKind.FEATURE,
                        "uses the pipeline's pretrained embedding vectors, projected to the common width",
                        "Lynch et al. 2016, Images Don't Lie: Transferring Deep Visual Semantic Features, arXiv 1511.06746",
                        SearchSpace.of(new Parameter.Whole(VECTORS, 1, 8, false)),
                        ParameterValues.empty().with(VECTORS, 2L)),
                Map.of(VECTORS, "features.top-k.embedding"),
                Map.of());
    }
}
