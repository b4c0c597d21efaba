package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Saves bytes for a little quality: ids share the rows of embedding tables that have fewer rows than ids. */
@AutoService(Technique.class)
public final class EmbeddingHashing extends FieldTechnique {
    private static final String ROWS = "embedding-hashing.rows";

    public EmbeddingHashing() {
        super(
                new TechniqueDescription(
                        "embedding-hashing",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "caps the rows of every embedding table; ids above the cap are hashed into it",
                        "Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning, arXiv 0902.2206",
                        SearchSpace.of(new Parameter.Whole(ROWS, 16, 4096, true)),
                        ParameterValues.empty().with(ROWS, 1024L)),
                Map.of(ROWS, "architecture.embedding-buckets"),
                Map.of());
    }
}
