package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.NumericRepresentation;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** A vector of its own for every numeric feature, from the bins of its training values. */
@AutoService(Technique.class)
public final class PiecewiseLinearNumbers extends FieldTechnique {
    private static final String BINS = "piecewise-linear-numbers.bins";

    public PiecewiseLinearNumbers() {
        super(
                new TechniqueDescription(
                        "piecewise-linear-numbers",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "gives each numeric feature a vector by piecewise-linear encoding over quantile bins",
                        "Gorishniy, Rubachev and Babenko 2022, On Embeddings for Numerical Features, arXiv 2203.05556, Eq. 1",
                        SearchSpace.of(new Parameter.Whole(BINS, 4, 64, true)),
                        ParameterValues.empty().with(BINS, 16L)),
                Map.of(BINS, "architecture.representation.numeric.bins"),
                Map.of(
                        "architecture.representation.numeric.kind",
                        "piecewise-linear",
                        "architecture.representation.numeric.frequencies",
                        NumericRepresentation.PLAIN.frequencies(),
                        "architecture.representation.numeric.frequency-scale",
                        NumericRepresentation.PLAIN.frequencyScale()));
    }
}
