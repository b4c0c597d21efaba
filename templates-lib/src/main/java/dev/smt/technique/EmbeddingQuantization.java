package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;
import java.util.Map;

/** Serves embedding rows in fewer bits. */
@AutoService(Technique.class)
public final class EmbeddingQuantization extends FieldTechnique {
    private static final String FORMAT = "embedding-quantization.format";

    public EmbeddingQuantization() {
        super(
                new TechniqueDescription(
                        "embedding-quantization",
                        1,
                        TechniqueKind.SERVING,
                        "stores the served embedding rows as half floats or as bytes with a scale per row",
                        "Guan et al. 2019, Post-Training 4-bit Quantization on Embedding Tables, arXiv 1911.02079 (row-wise quantization)",
                        SearchSpace.of(new Parameter.Categorical(FORMAT, List.of("fp16", "int8"))),
                        ParameterValues.empty().with(FORMAT, "int8")),
                Map.of(FORMAT, "serving.embedding-format"),
                Map.of());
    }
}
