package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Paradigm;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import java.util.Map;

/** Event sequences pooled by how well each id goes with the item that is ranked. */
@AutoService(Technique.class)
public final class TargetAttention extends FieldTechnique {
    private static final String EVENT_FEATURES = "target-attention.event-features";
    private static final String MAX_LENGTH = "target-attention.max-length";

    public TargetAttention() {
        super(
                new TechniqueDescription(
                        "target-attention",
                        1,
                        TechniqueKind.FEATURE,
                        "pools event sequences by attention to the item",
                        "Zhou et al. 2018, Deep Interest Network, arXiv 1706.06978, section 4.3",
                        SearchSpace.of(
                                new Parameter.Whole(EVENT_FEATURES, 1, 3, false),
                                new Parameter.Whole(MAX_LENGTH, 1, 50, true)),
                        ParameterValues.empty().with(EVENT_FEATURES, 2L).with(MAX_LENGTH, 10L)),
                Map.of(EVENT_FEATURES, "features.top-k.event", MAX_LENGTH, "features.max-sequence-length"),
                Map.of("features.pooling", "target-attention"));
    }

    @Override
    public boolean fits(Template template) {
        return template.architecture().paradigm() == Paradigm.SPARSE_NN;
    }
}
