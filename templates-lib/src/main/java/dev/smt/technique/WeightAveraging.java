package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Predicts with an average of the last steps' parameters, which is less noisy than the last one. */
@AutoService(Technique.class)
public final class WeightAveraging extends FieldTechnique {
    private static final String SHARE = "weight-averaging.share";

    public WeightAveraging() {
        super(
                new TechniqueDescription(
                        "weight-averaging",
                        1,
                        TechniqueKind.TRAINING,
                        "predicts with the average of the parameters over the last share of the steps",
                        "Polyak and Juditsky 1992, Acceleration of Stochastic Approximation by Averaging; Izmailov et al. 2018, arXiv 1803.05407",
                        SearchSpace.of(new Parameter.Real(SHARE, 0.05, 0.5, false)),
                        ParameterValues.empty().with(SHARE, 0.2)),
                Map.of(SHARE, "training.optimizer.averaging-share"),
                Map.of());
    }
}
