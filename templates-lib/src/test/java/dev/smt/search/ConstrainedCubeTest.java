package dev.smt.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConstrainedCubeTest {
    private static final Parameter X = new Parameter.Real("x", 0, 1, false);
    private static final Parameter Y = new Parameter.Real("y", 0, 1, false);
    private static final SearchSpace TRIANGLE =
            SearchSpace.of(X, Y).withConstraints(LinearConstraint.sumAtMost(1, "x", "y"));

    @Test
    void movesToTheNearestPointOfTheEdge() {
        UnitCube cube = new UnitCube(TRIANGLE);

        assertThat(cube.nearest(new double[] {1, 1})).containsExactly(new double[] {0.5, 0.5}, within(1e-11));
        assertThat(cube.nearest(new double[] {0.9, 0.5})).containsExactly(new double[] {0.7, 0.3}, within(1e-11));
        assertThat(cube.nearest(new double[] {0.2, 0.3})).containsExactly(new double[] {0.2, 0.3}, within(1e-15));
        assertThat(cube.holds(new double[] {0.9, 0.5})).isFalse();
        assertThat(cube.holds(new double[] {0.2, 0.3})).isTrue();
        assertThat(cube.drawn(new double[] {0.9, 0.5})).isEmpty();
    }

    @Test
    void noValidDrawIsNearerThanTheNearestPoint() {
        SearchSpace space = SearchSpace.of(X, Y, new Parameter.Real("z", 0, 1, false))
                .withConstraints(
                        new LinearConstraint(Map.of("x", 1.0, "y", 2.0, "z", 1.0), 1.5),
                        new LinearConstraint(Map.of("x", 1.0, "y", -1.0), 0.2),
                        new LinearConstraint(Map.of("z", -1.0, "y", 0.5), -0.1));
        UnitCube cube = new UnitCube(space);
        Random random = new Random(4);
        double[][] valid = Stream.generate(() -> random.doubles(3).toArray())
                .limit(10_000)
                .filter(cube::holds)
                .toArray(double[][]::new);
        assertThat(valid.length).isGreaterThan(500);
        for (int i = 0; i < 50; i++) {
            double[] from = random.doubles(3).toArray();
            double nearest = distance(from, cube.nearest(from));
            assertThat(Arrays.stream(valid)
                            .mapToDouble(point -> distance(from, point))
                            .min()
                            .orElseThrow())
                    .isGreaterThanOrEqualTo(nearest - 1e-9);
        }
    }

    @Test
    void anEqualityOfTwoConstraintsIsMetExactlyEnough() {
        SearchSpace mixture = SearchSpace.of(X, Y, new Parameter.Real("z", 0, 1, false))
                .withConstraints(
                        new LinearConstraint(Map.of("x", 1.0, "y", 1.0, "z", 1.0), 1),
                        new LinearConstraint(Map.of("x", -1.0, "y", -1.0, "z", -1.0), -1));
        UnitCube cube = new UnitCube(mixture);

        ParameterValues theta = cube.atQuantiles(new double[] {0.9, 0.5, 0.2});

        assertThat(theta.real("x")).isCloseTo(0.7, within(1e-11));
        assertThat(theta.real("x") + theta.real("y") + theta.real("z")).isCloseTo(1, within(1e-11));
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            ParameterValues drawn = cube.atQuantiles(random.doubles(3).toArray());
            assertThat(cube.decode(cube.encode(drawn))).isEqualTo(drawn);
        }
    }

    @Test
    void wholeNumbersStayWholeAndValid() {
        SearchSpace space = SearchSpace.of(
                        new Parameter.Whole("a", 0, 10, false), new Parameter.Whole("b", 0, 10, false))
                .withConstraints(
                        new LinearConstraint(Map.of("a", 2.0, "b", -2.0), 1),
                        new LinearConstraint(Map.of("a", -2.0, "b", 2.0), 1));
        UnitCube cube = new UnitCube(space);

        assertThat(space.size()).hasValue(11);
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            ParameterValues theta = cube.atQuantiles(random.doubles(2).toArray());
            assertThat(theta.whole("a")).isEqualTo(theta.whole("b"));
        }
    }

    @Test
    void refusesConstraintsThatLeaveNothingTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnitCube(TRIANGLE.withConstraints(
                        new LinearConstraint(Map.of("x", -1.0), -0.8), new LinearConstraint(Map.of("y", -1.0), -0.8))))
                .withMessageStartingWith("no point was found that holds the constraints");
        SearchSpace odd = SearchSpace.of(new Parameter.Whole("a", 0, 9, false), new Parameter.Whole("b", 0, 9, false))
                .withConstraints(
                        new LinearConstraint(Map.of("a", 2.0, "b", 2.0), 7),
                        new LinearConstraint(Map.of("a", -2.0, "b", -2.0), -7));
        assertThat(odd.size()).hasValue(0);
        assertThatIllegalArgumentException().isThrownBy(() -> new UnitCube(odd));
    }

    @Test
    void aParentChangesOnlyWhereNothingElseHelps() {
        SearchSpace space = SearchSpace.of(new Parameter.Flag("big"), X, new Parameter.Real("size", 3, 5, false))
                .withConditions(Condition.of("size", "big", true))
                .withConstraints(LinearConstraint.sumAtMost(2, "x", "size"));
        UnitCube cube = new UnitCube(space);

        assertThat(cube.atQuantiles(new double[] {0.9, 0.25, 0.5}))
                .isEqualTo(new ParameterValues(Map.of("big", false, "x", 0.25)));
        SearchSpace possible = SearchSpace.of(new Parameter.Flag("big"), X, new Parameter.Real("size", 1, 5, false))
                .withConditions(Condition.of("size", "big", true))
                .withConstraints(LinearConstraint.sumAtMost(2, "x", "size"));
        assertThat(new UnitCube(possible)
                        .atQuantiles(new double[] {0.9, 0.25, 0.5})
                        .flag("big"))
                .isTrue();
    }

    /** docs/search-spaces.md shows it. */
    @Test
    void theExampleOfThePageGivesWhatThePageSays() {
        SearchSpace space = SearchSpace.of(
                        new Parameter.Real("tower.rate", 1e-4, 1, true),
                        new Parameter.Whole("tower.layers", 1, 3, false),
                        new Parameter.Whole("tower.width", 16, 512, true),
                        new Parameter.Real("tower.share", 0, 1, false),
                        new Parameter.Real("tower.rest", 0, 1, false),
                        new Parameter.Categorical("tower.optimizer", List.of("ADAM", "SGD")),
                        new Parameter.Real("tower.momentum", 0, 0.99, false),
                        new Parameter.Flag("tower.cross"))
                .withConditions(
                        Condition.of("tower.momentum", "tower.optimizer", "SGD"),
                        Condition.of("tower.width", "tower.layers", 2L, 3L))
                .withConstraints(LinearConstraint.sumAtMost(1, "tower.share", "tower.rest"))
                .fixing(Map.of("tower.cross", true));

        ParameterValues theta = new UnitCube(space).atQuantiles(new double[] {0.5, 0.1, 0.9, 1, 1, 0.2, 0.7});

        assertThat(theta.values())
                .hasToString("{tower.rate=0.01, tower.layers=1, tower.share=0.5, tower.rest=0.5, tower.optimizer=ADAM,"
                        + " tower.cross=true}");
    }

    @Test
    void coordinatesSayHowTheyMove() {
        UnitCube cube = new UnitCube(SearchSpace.of(
                        X,
                        new Parameter.Whole("n", 1, 4, false),
                        new Parameter.Categorical("kind", List.of("A", "B", "C")),
                        new Parameter.Flag("on"),
                        new Parameter.Flag("off"))
                .fixing(Map.of("off", false)));

        assertThat(cube.coordinates())
                .extracting(c -> c.name() + " " + c.parameter() + " " + c.kind() + " "
                        + c.choices().orElse(-1))
                .containsExactly(
                        "x x CONTINUOUS -1",
                        "n n ORDINAL 4",
                        "kind=A kind LEVEL 3",
                        "kind=B kind LEVEL 3",
                        "kind=C kind LEVEL 3",
                        "on on FLAG 2");
        assertThat(cube.coordinates().stream().filter(Coordinate::continuous)).hasSize(1);
    }

    @Test
    void inactiveParametersAreEncodedInTheMiddle() {
        UnitCube cube = new UnitCube(SearchSpace.of(
                        new Parameter.Flag("on"),
                        X,
                        new Parameter.Categorical("kind", List.of("A", "B", "C", "D")),
                        new Parameter.Flag("deep"))
                .withConditions(
                        Condition.of("x", "on", true),
                        Condition.of("kind", "on", true),
                        Condition.of("deep", "kind", "B")));

        assertThat(cube.encode(new ParameterValues(Map.of("on", false))))
                .containsExactly(0, 0.5, 0.25, 0.25, 0.25, 0.25, 0.5);
        assertThat(cube.encode(new ParameterValues(Map.of("on", true, "x", 1.0, "kind", "B", "deep", true))))
                .containsExactly(1, 1, 0, 1, 0, 0, 1);
        assertThat(cube.quantiles(new ParameterValues(Map.of("on", false)))).containsExactly(0.25, 0.5, 0.5, 0.5);
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += (one[j] - other[j]) * (one[j] - other[j]);
        }
        return Math.sqrt(sum);
    }
}
