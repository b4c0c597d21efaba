package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/** A Sobol sequence of thetas, shifted by a seeded random vector (Cranley and Patterson 1976). */
final class SobolDesign {
    private final UnitCube cube;
    private final SobolSequenceGenerator sequence;
    private final double[] shift;

    SobolDesign(UnitCube cube, long seed) {
        this.cube = cube;
        this.sequence = new SobolSequenceGenerator(cube.dimension());
        SplittableRandom random = new SplittableRandom(seed);
        this.shift = new double[cube.dimension()];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = random.nextDouble();
        }
    }

    /** The next theta. */
    ParameterValues next() {
        double[] point = sequence.nextVector();
        for (int i = 0; i < point.length; i++) {
            point[i] = (point[i] + shift[i]) % 1;
        }
        return cube.decode(point);
    }
}
