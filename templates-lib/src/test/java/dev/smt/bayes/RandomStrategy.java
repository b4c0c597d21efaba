package dev.smt.bayes;

import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Uniform points of the space. */
final class RandomStrategy implements Strategy {
    private final UnitCube cube;
    private final RandomGenerator random;

    RandomStrategy(SearchSpace space, long seed) {
        this.cube = new UnitCube(space);
        this.random = new Well19937c(seed);
    }

    @Override
    public ParameterValues ask() {
        double[] quantiles = new double[cube.freeParameters()];
        Arrays.setAll(quantiles, j -> random.nextDouble());
        return cube.atQuantiles(quantiles);
    }

    @Override
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        // Random search learns nothing.
    }
}
