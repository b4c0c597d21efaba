package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.NumericRepresentation;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** A vector for every numeric feature from sines and cosines of learned frequencies. */
@AutoService(Technique.class)
public final class PeriodicNumbers extends FieldTechnique {
    private static final String FREQUENCIES = "periodic-numbers.frequencies";
    private static final String SCALE = "periodic-numbers.scale";

    public PeriodicNumbers() {
        super(
                new TechniqueDescription(
                        "periodic-numbers",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "gives each numeric feature a vector from sines and cosines of learned frequencies",
                        "Gorishniy, Rubachev and Babenko 2022, On Embeddings for Numerical Features, arXiv 2203.05556, Eq. 2",
                        SearchSpace.of(
                                new Parameter.Whole(FREQUENCIES, 2, 32, true),
                                new Parameter.Real(SCALE, 0.01, 1, true)),
                        ParameterValues.empty().with(FREQUENCIES, 8L).with(SCALE, 0.1)),
                Map.of(
                        FREQUENCIES,
                        "architecture.representation.numeric.frequencies",
                        SCALE,
                        "architecture.representation.numeric.frequency-scale"),
                Map.of(
                        "architecture.representation.numeric.kind",
                        "periodic",
                        "architecture.representation.numeric.bins",
                        NumericRepresentation.PLAIN.bins()));
    }
}
