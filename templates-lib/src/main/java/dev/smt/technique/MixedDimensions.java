package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Narrower tables for large vocabularies, projected to the common width. */
@AutoService(Technique.class)
public final class MixedDimensions extends FieldTechnique {
    private static final String TEMPERATURE = "mixed-dimensions.temperature";

    public MixedDimensions() {
        super(
                new TechniqueDescription(
                        "mixed-dimensions",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "makes embedding tables the narrower the more rows they have",
                        "Ginart et al. 2019, Mixed Dimension Embeddings, arXiv 1909.11810, section 4",
                        SearchSpace.of(new Parameter.Real(TEMPERATURE, 0.1, 0.6, false)),
                        ParameterValues.empty().with(TEMPERATURE, 0.3)),
                Map.of(TEMPERATURE, "architecture.representation.id.dimension-temperature"),
                Map.of());
    }
}
