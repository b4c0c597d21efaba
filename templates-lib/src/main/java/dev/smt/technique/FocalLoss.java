package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Lets rows that are predicted well count less. */
@AutoService(Technique.class)
public final class FocalLoss extends FieldTechnique {
    private static final String GAMMA = "focal-loss.gamma";

    public FocalLoss() {
        super(
                new TechniqueDescription(
                        "focal-loss",
                        1,
                        TechniqueKind.TRAINING,
                        "multiplies the log loss of a row by (1 - p of its class)^gamma",
                        "Lin et al. 2017, Focal Loss for Dense Object Detection, arXiv 1708.02002, Eq. 4",
                        SearchSpace.of(new Parameter.Real(GAMMA, 0.1, 3, true)),
                        ParameterValues.empty().with(GAMMA, 0.5)),
                Map.of(GAMMA, "training.loss.focal-gamma"),
                Map.of());
    }
}
