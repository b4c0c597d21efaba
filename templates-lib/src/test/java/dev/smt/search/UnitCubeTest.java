package dev.smt.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnitCubeTest {
    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("warmup.half-life", 1, 100, true),
            new Parameter.Whole("warmup.steps", 10, 20, false),
            new Parameter.Categorical("history.pooling", List.of("MEAN", "MAX", "LAST")),
            new Parameter.Real("history.fixed", 0.5, 0.5, false),
            new Parameter.Flag("history.shared"));

    private final UnitCube cube = new UnitCube(SPACE);

    @Test
    void namesOneCoordinatePerNumberLevelAndFlag() {
        assertThat(cube.coordinates())
                .extracting(Coordinate::name)
                .containsExactly(
                        "warmup.half-life",
                        "warmup.steps",
                        "history.pooling=MEAN",
                        "history.pooling=MAX",
                        "history.pooling=LAST",
                        "history.shared");
        assertThat(cube.dimension()).isEqualTo(6);
        assertThat(cube.freeParameters()).isEqualTo(4);
    }

    @Test
    void encodesLinearLogarithmicOneHotAndFlag() {
        double[] point = cube.encode(theta(10.0, 15L, "LAST", true));

        assertThat(point).containsExactly(new double[] {0.5, 0.5, 0, 0, 1, 1}, within(1e-15));
    }

    @Test
    void decodesTheNearestPoint() {
        assertThat(cube.decode(new double[] {-3, 0.549, 0.2, 0.2, 0.1, 0.5})).isEqualTo(theta(1.0, 15L, "MEAN", true));
        assertThat(cube.decode(new double[] {7, 0.551, 0.1, 0.2, 0.3, 0.49}))
                .isEqualTo(theta(100.0, 16L, "LAST", false));
    }

    @Test
    void decodingAnEncodedPointGivesItBack() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            SearchSpace space = RandomSpaces.space(random);
            UnitCube other = new UnitCube(space);
            ParameterValues theta = RandomSpaces.point(space, random);

            double[] encoded = other.encode(theta);

            assertThat(encoded).hasSize(other.coordinates().size());
            assertThat(Arrays.stream(encoded).allMatch(u -> u >= 0 && u <= 1)).isTrue();
            assertSame(space, other.decode(encoded), theta);
            assertSame(space, other.atQuantiles(other.quantiles(theta)), theta);
        }
    }

    @Test
    void everyDecodedPointIsInTheSpace() {
        Random random = new Random(12);
        for (int i = 0; i < 500; i++) {
            SearchSpace space = RandomSpaces.space(random);
            UnitCube other = new UnitCube(space);

            assertThat(space.problems(other.decode(wild(other.dimension(), random))))
                    .isEmpty();
            assertThat(space.problems(other.atQuantiles(wild(other.freeParameters(), random))))
                    .isEmpty();
        }
    }

    @Test
    void quantilesGiveEveryLevelAndWholeNumberTheSameShare() {
        UnitCube dice = new UnitCube(SearchSpace.of(
                new Parameter.Whole("die", 1, 6, false), new Parameter.Categorical("coin", List.of("H", "T"))));

        Map<Object, Long> dies = IntStream.range(0, 600)
                .mapToObj(i -> dice.atQuantiles(new double[] {(i + 0.5) / 600, 0.3}))
                .collect(Collectors.groupingBy(theta -> theta.whole("die"), Collectors.counting()));

        assertThat(dies).hasSize(6).allSatisfy((face, count) -> assertThat(count)
                .isEqualTo(100));
        assertThat(dice.atQuantiles(new double[] {1, 1})).isEqualTo(dice.decode(new double[] {1, 0, 1}));
    }

    @Test
    void listsThePointsOfAFiniteSpace() {
        SearchSpace finite = SearchSpace.of(
                new Parameter.Whole("n", 3, 5, false),
                new Parameter.Real("fixed", 2, 2, false),
                new Parameter.Categorical("level", List.of("A", "B")),
                new Parameter.Flag("on"));

        List<ParameterValues> points = new UnitCube(finite).points();

        assertThat(finite.size()).hasValue(12);
        assertThat(points).hasSize(12).doesNotHaveDuplicates();
        assertThat(points)
                .allSatisfy(theta -> assertThat(finite.problems(theta)).isEmpty());
        assertThat(points.get(1))
                .isEqualTo(new ParameterValues(Map.of("n", 3L, "fixed", 2.0, "level", "A", "on", true)));
        assertThat(SPACE.size()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(cube::points);
    }

    @Test
    void theEmptySpaceHasOnePointAndNoCoordinates() {
        UnitCube empty = new UnitCube(SearchSpace.of());

        assertThat(empty.dimension()).isZero();
        assertThat(empty.space().size()).hasValue(1);
        assertThat(empty.points()).containsExactly(ParameterValues.empty());
        assertThat(empty.decode(new double[0])).isEqualTo(ParameterValues.empty());
    }

    @Test
    void aSpaceTooLargeToCountHasNoSize() {
        Parameter.Whole huge = new Parameter.Whole("a", 0, 1L << 40, false);

        assertThat(SearchSpace.of(huge).size()).hasValue((1L << 40) + 1);
        assertThat(SearchSpace.of(huge, new Parameter.Whole("b", 0, 1L << 40, false))
                        .size())
                .isEmpty();
        assertThat(SearchSpace.of(new Parameter.Whole("c", Long.MIN_VALUE, Long.MAX_VALUE, false))
                        .size())
                .isEmpty();
    }

    @Test
    void refusesAPointOfAnotherShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.decode(new double[] {1}))
                .withMessage("a point of 1 coordinates; expected 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.atQuantiles(new double[] {0, 0, Double.NaN, 0}))
                .withMessageContaining("NaN");
    }

    private static void assertSame(SearchSpace space, ParameterValues actual, ParameterValues expected) {
        for (Parameter parameter : space.parameters()) {
            Object value = expected.values().get(parameter.name());
            if (parameter instanceof Parameter.Real real) {
                double tolerance = 1e-12 * (Math.abs(real.low()) + Math.abs(real.high()));
                assertThat(actual.real(real.name())).isCloseTo((Double) value, within(tolerance));
            } else {
                assertThat(actual.values().get(parameter.name()))
                        .as(parameter.toString())
                        .isEqualTo(value);
            }
        }
        assertThat(actual.values().keySet()).containsExactlyElementsOf(space.names());
    }

    private static double[] wild(int length, Random random) {
        return random.doubles(length, -0.5, 1.5).toArray();
    }

    private static ParameterValues theta(double halfLife, long steps, String pooling, boolean shared) {
        return new ParameterValues(Map.of(
                "warmup.half-life", halfLife,
                "warmup.steps", steps,
                "history.pooling", pooling,
                "history.fixed", 0.5,
                "history.shared", shared));
    }
}
