package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.smt.search.Parameter;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaternKernelTest {
    private static final CoordinateGroups GROUPS =
            new CoordinateGroups(new int[] {0, 1, 1, 1}, new boolean[] {false, true});

    @Test
    void levelsAreAsAlikeAsTheirLengthScaleSaysWhateverTheirNumber() {
        double length = 0.7;
        MaternKernel kernel = new MaternKernel(GROUPS, new double[] {0, Math.log(length), Math.log(2)});
        double[] a = {0.3, 1, 0, 0};
        double[] b = {0.3, 0, 0, 1};

        assertThat(kernel.covariance(a, a)).isCloseTo(2, within(1e-15));
        assertThat(kernel.covariance(a, b)).isCloseTo(2 * Math.exp(-1 / length), within(1e-15));
    }

    @Test
    void theLevelsFactorMultipliesTheMaternPart() {
        MaternKernel both = new MaternKernel(GROUPS, new double[] {-0.5, 0.4, 0.1});
        MaternKernel number = new MaternKernel(new double[] {-0.5, 0.1});
        double[] a = {0.3, 1, 0, 0};
        double[] b = {0.8, 0, 1, 0};

        assertThat(both.covariance(a, b))
                .isCloseTo(
                        number.covariance(new double[] {0.3}, new double[] {0.8}) * Math.exp(-Math.exp(-0.4)),
                        within(1e-15));
    }

    @Test
    void theGradientIsThatOfTheCovariance() {
        MaternKernel kernel = new MaternKernel(GROUPS, new double[] {-0.5, 0.4, 0.1});
        double[] a = {0.3, 0.7, 0.1, 0.2};
        double[] b = {0.8, 0, 1, 0};
        double[] gradient = new double[4];

        assertThat(kernel.covariance(a, b, gradient)).isEqualTo(kernel.covariance(a, b));
        for (int d = 0; d < 4; d++) {
            double[] up = a.clone();
            double[] down = a.clone();
            up[d] += 1e-6;
            down[d] -= 1e-6;
            assertThat(gradient[d])
                    .isCloseTo((kernel.covariance(up, b) - kernel.covariance(down, b)) / 2e-6, within(1e-8));
        }
        kernel.covariance(a, a, gradient);
        assertThat(gradient).containsExactly(new double[4], within(0.0));
    }

    @Test
    void aCubesLevelsShareALengthScaleAndItsOtherParametersHaveTheirOwn() {
        UnitCube cube = new UnitCube(SearchSpace.of(
                new Parameter.Real("t.rate", 1e-4, 1, true),
                new Parameter.Categorical("t.kind", List.of("A", "B", "C")),
                new Parameter.Categorical("t.other", List.of("A", "B")),
                new Parameter.Categorical("t.fixed", List.of("A")),
                new Parameter.Flag("t.flag")));

        CoordinateGroups groups = CoordinateGroups.of(cube);

        assertThat(groups.dimension()).isEqualTo(cube.dimension()).isEqualTo(7);
        assertThat(groups.lengthScales()).isEqualTo(4);
        int[] expected = {0, 1, 1, 1, 2, 2, 3};
        for (int d = 0; d < 7; d++) {
            assertThat(groups.groupOf(d)).isEqualTo(expected[d]);
            assertThat(groups.isCategorical(d)).isEqualTo(expected[d] == 1 || expected[d] == 2);
        }
    }

    @Test
    void refusesHyperparametersAndGroupsThatDoNotFit() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MaternKernel(GROUPS, new double[5]))
                .withMessageContaining("2 length scales and a signal variance was given 5");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new CoordinateGroups(new int[] {0, 2}, new boolean[3]))
                .withMessageContaining("[0, 2]");
    }
}
