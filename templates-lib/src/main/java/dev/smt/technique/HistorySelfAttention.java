package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.EventRepresentation;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Event sequences whose ids look at one another before they are pooled. */
@AutoService(Technique.class)
public final class HistorySelfAttention extends FieldTechnique {
    private static final String EVENT_FEATURES = "history-self-attention.event-features";
    private static final String MAX_LENGTH = "history-self-attention.max-length";

    public HistorySelfAttention() {
        super(
                new TechniqueDescription(
                        "history-self-attention",
                        1,
                        TechniqueKind.FEATURE,
                        "encodes event sequences by a self-attention layer before pooling",
                        "Zhai et al. 2024, Actions Speak Louder than Words (HSTU), arXiv 2402.17152, section 3.2",
                        SearchSpace.of(
                                new Parameter.Whole(EVENT_FEATURES, 1, 3, false),
                                new Parameter.Whole(MAX_LENGTH, 1, 50, true)),
                        ParameterValues.empty().with(EVENT_FEATURES, 2L).with(MAX_LENGTH, 10L)),
                Map.of(EVENT_FEATURES, "features.top-k.event", MAX_LENGTH, "features.max-sequence-length"),
                Map.of(
                        "features.pooling",
                        "self-attention",
                        "architecture.representation.event.attention-width",
                        EventRepresentation.PLAIN.attentionWidth()));
    }
}
