package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Small tables in which an id is the sum of two rows, so that few ids collide in both. */
@AutoService(Technique.class)
public final class DoubleHashing extends FieldTechnique {
    private static final String ROWS = "double-hashing.rows";

    public DoubleHashing() {
        super(
                new TechniqueDescription(
                        "double-hashing",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "caps embedding tables, an id beyond the cap is the sum of two hashed rows",
                        "Zhang et al. 2020, Model Size Reduction Using Frequency Based Double Hashing, arXiv 2007.14523",
                        SearchSpace.of(new Parameter.Whole(ROWS, 16, 4096, true)),
                        ParameterValues.empty().with(ROWS, 1024L)),
                Map.of(ROWS, "architecture.embedding-buckets"),
                Map.of("architecture.representation.id.kind", "double-hashing"));
    }
}
