package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.EventRepresentation;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;
import java.util.Map;

/** Reads what a user did before: the event sequences, each pooled into one vector. */
@AutoService(Technique.class)
public final class HistoryPooling extends FieldTechnique {
    private static final String EVENT_FEATURES = "history-pooling.event-features";
    private static final String MAX_LENGTH = "history-pooling.max-length";
    private static final String POOLING = "history-pooling.pooling";

    public HistoryPooling() {
        super(
                new TechniqueDescription(
                        "history-pooling",
                        1,
                        TechniqueKind.FEATURE,
                        "uses the event sequences, cut to the most recent ids and pooled by sum or mean",
                        "Covington, Adams and Sargin 2016, Deep Neural Networks for YouTube Recommendations, section 3.2",
                        SearchSpace.of(
                                new Parameter.Whole(EVENT_FEATURES, 1, 3, false),
                                new Parameter.Whole(MAX_LENGTH, 1, 50, true),
                                new Parameter.Categorical(POOLING, List.of("sum", "mean"))),
                        ParameterValues.empty()
                                .with(EVENT_FEATURES, 2L)
                                .with(MAX_LENGTH, 10L)
                                .with(POOLING, "mean")),
                Map.of(
                        EVENT_FEATURES,
                        "features.top-k.event",
                        MAX_LENGTH,
                        "features.max-sequence-length",
                        POOLING,
                        "features.pooling"),
                Map.of(
                        "architecture.representation.event.attention-width",
                        EventRepresentation.PLAIN.attentionWidth()));
    }
}
