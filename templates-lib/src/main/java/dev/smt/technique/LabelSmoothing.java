package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/**
 * Pulls labels towards one half. It helps classifiers of many classes; where positives are rare it moves the predicted
 * rate away from the true one, and NE with it: a study should reject it.
 */
@AutoService(Technique.class)
public final class LabelSmoothing extends FieldTechnique {
    private static final String SMOOTHING = "label-smoothing.smoothing";

    public LabelSmoothing() {
        super(
                new TechniqueDescription(
                        "label-smoothing",
                        1,
                        TechniqueKind.TRAINING,
                        "trains on labels pulled towards one half; expected to hurt where the base rate is low",
                        "Szegedy et al. 2016, Rethinking the Inception Architecture, arXiv 1512.00567, section 7",
                        SearchSpace.of(new Parameter.Real(SMOOTHING, 0.02, 0.3, true)),
                        ParameterValues.empty().with(SMOOTHING, 0.1)),
                Map.of(SMOOTHING, "training.label-smoothing"),
                Map.of());
    }
}
