package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Limits the length of a step's gradient, so that a few strange batches do no harm. */
@AutoService(Technique.class)
public final class GradientClipping extends FieldTechnique {
    private static final String NORM = "gradient-clipping.norm";

    public GradientClipping() {
        super(
                new TechniqueDescription(
                        "gradient-clipping",
                        1,
                        TechniqueKind.TRAINING,
                        "scales the gradient down to a largest norm",
                        "Pascanu, Mikolov and Bengio 2013, arXiv 1211.5063, section 3.2",
                        SearchSpace.of(new Parameter.Real(NORM, 0.01, 10, true)),
                        ParameterValues.empty().with(NORM, 1.0)),
                Map.of(NORM, "training.optimizer.clip-norm"),
                Map.of());
    }
}
