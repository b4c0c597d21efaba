package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Lets positive rows count more; predictions are taken back to the true odds. */
@AutoService(Technique.class)
public final class PositiveWeighting extends FieldTechnique {
    private static final String WEIGHT = "positive-weighting.weight";

    public PositiveWeighting() {
        super(
                new TechniqueDescription(
                        "positive-weighting",
                        1,
                        TechniqueKind.TRAINING,
                        "weighs positive rows, and divides the predicted odds by the weight",
                        "King and Zeng 2001, Logistic Regression in Rare Events Data, Political Analysis 9",
                        SearchSpace.of(new Parameter.Real(WEIGHT, 1.5, 20, true)),
                        ParameterValues.empty().with(WEIGHT, 3.0)),
                Map.of(WEIGHT, "training.loss.positive-weight"),
                Map.of());
    }
}
