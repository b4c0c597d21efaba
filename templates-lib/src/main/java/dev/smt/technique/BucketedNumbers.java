package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.NumericRepresentation;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** A learned vector for every quantile bin of a numeric feature. */
@AutoService(Technique.class)
public final class BucketedNumbers extends FieldTechnique {
    private static final String BINS = "bucketed-numbers.bins";

    public BucketedNumbers() {
        super(
                new TechniqueDescription(
                        "bucketed-numbers",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "gives each numeric feature the embedding of the quantile bin of its value",
                        "Covington, Adams and Sargin 2016, Deep Neural Networks for YouTube Recommendations (normalization by quantiles)",
                        SearchSpace.of(new Parameter.Whole(BINS, 4, 64, true)),
                        ParameterValues.empty().with(BINS, 16L)),
                Map.of(BINS, "architecture.representation.numeric.bins"),
                Map.of(
                        "architecture.representation.numeric.kind",
                        "quantile",
                        "architecture.representation.numeric.frequencies",
                        NumericRepresentation.PLAIN.frequencies(),
                        "architecture.representation.numeric.frequency-scale",
                        NumericRepresentation.PLAIN.frequencyScale()));
    }
}
