package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.EventRepresentation;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Event sequences whose positions have learned weights: what was done last counts most, or as the data say. */
@AutoService(Technique.class)
public final class PositionWeightedHistory extends FieldTechnique {
    private static final String EVENT_FEATURES = "position-weighted-history.event-features";
    private static final String MAX_LENGTH = "position-weighted-history.max-length";

    public PositionWeightedHistory() {
        super(
                new TechniqueDescription(
                        "position-weighted-history",
                        1,
                        TechniqueKind.FEATURE,
                        "pools event sequences with a learned weight per position",
                        "Ivchenko et al. 2022, TorchRec, RecSys (position-weighted pooling)",
                        SearchSpace.of(
                                new Parameter.Whole(EVENT_FEATURES, 1, 3, false),
                                new Parameter.Whole(MAX_LENGTH, 1, 50, true)),
                        ParameterValues.empty().with(EVENT_FEATURES, 2L).with(MAX_LENGTH, 10L)),
                Map.of(EVENT_FEATURES, "features.top-k.event", MAX_LENGTH, "features.max-sequence-length"),
                Map.of(
                        "features.pooling",
                        "position-weighted",
                        "architecture.representation.event.attention-width",
                        EventRepresentation.PLAIN.attentionWidth()));
    }
}
