package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Corrects slope and intercept of the logits on the latest training rows, which are not learned from. */
@AutoService(Technique.class)
public final class PlattCalibration extends FieldTechnique {
    private static final String SHARE = "platt-calibration.share";

    public PlattCalibration() {
        super(
                new TechniqueDescription(
                        "platt-calibration",
                        1,
                        TechniqueKind.TRAINING,
                        "fits slope and intercept of the logits on the last share of the training rows",
                        "Platt 1999, Probabilistic Outputs for Support Vector Machines",
                        SearchSpace.of(new Parameter.Real(SHARE, 0.02, 0.3, true)),
                        ParameterValues.empty().with(SHARE, 0.1)),
                Map.of(SHARE, "training.held-out.calibration-share"),
                Map.of());
    }
}
