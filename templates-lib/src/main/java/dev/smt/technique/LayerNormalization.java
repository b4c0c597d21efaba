package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import java.util.List;
import java.util.Map;

/** Normalized hidden layers with a choice of activation. */
@AutoService(Technique.class)
public final class LayerNormalization extends FieldTechnique {
    private static final String ACTIVATION = "layer-normalization.activation";

    public LayerNormalization() {
        super(
                new TechniqueDescription(
                        "layer-normalization",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "normalizes the hidden layers of the perceptrons and sets their activation",
                        "Ba, Kiros and Hinton 2016, Layer Normalization, arXiv 1607.06450",
                        SearchSpace.of(new Parameter.Categorical(ACTIVATION, List.of("relu", "gelu", "silu"))),
                        ParameterValues.empty().with(ACTIVATION, "silu")),
                Map.of(ACTIVATION, "architecture.hidden-layers.activation"),
                Map.of("architecture.hidden-layers.normalization", "layer"));
    }

    /** Where the head has hidden layers. */
    @Override
    public boolean fits(Template template) {
        return !template.architecture().head().isEmpty();
    }
}
