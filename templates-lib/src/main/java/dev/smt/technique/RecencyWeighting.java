package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Lets old training rows count less, because tastes and offers drift. */
@AutoService(Technique.class)
public final class RecencyWeighting extends FieldTechnique {
    private static final String HALF_LIFE = "recency-weighting.half-life";

    public RecencyWeighting() {
        super(
                new TechniqueDescription(
                        "recency-weighting",
                        1,
                        TechniqueKind.DATA,
                        "weighs training rows by age, halved at every half-life (a share of the training period)",
                        "Ding and Li 2005, Time Weight Collaborative Filtering, CIKM",
                        SearchSpace.of(new Parameter.Real(HALF_LIFE, 0.1, 10, true)),
                        ParameterValues.empty().with(HALF_LIFE, 1.0)),
                Map.of(HALF_LIFE, "data.recency-half-life"),
                Map.of());
    }
}
