package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Trains on all positive rows and a share of the negative ones, and calibrates the predictions again. */
@AutoService(Technique.class)
public final class NegativeDownsampling extends FieldTechnique {
    private static final String RATE = "negative-downsampling.rate";

    public NegativeDownsampling() {
        super(
                new TechniqueDescription(
                        "negative-downsampling",
                        1,
                        TechniqueKind.DATA,
                        "keeps a share of the negative training rows; predictions are re-calibrated",
                        "He et al. 2014, Practical Lessons from Predicting Clicks on Ads at Facebook, sections 6.2 and 6.3",
                        SearchSpace.of(new Parameter.Real(RATE, 0.1, 0.9, false)),
                        ParameterValues.empty().with(RATE, 0.5)),
                Map.of(RATE, "data.negative-rate"),
                Map.of());
    }
}
