package dev.smt.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every space and its cube promise, on a shelf of spaces. */
class ExampleSpacesTest {
    private static final int DRAWS = 100;

    private interface Law {
        void check(SearchSpace space, UnitCube cube, Random random);
    }

    @TestFactory
    Stream<DynamicTest> everyDecodedPointIsInTheSpace() {
        return forAll((space, cube, random) -> {
            assertThat(space.problems(cube.decode(
                            random.doubles(cube.dimension(), -0.5, 1.5).toArray())))
                    .isEmpty();
            assertThat(space.problems(cube.atQuantiles(
                            random.doubles(cube.freeParameters(), -0.5, 1.5).toArray())))
                    .isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> whatTheCubeGivesComesBackBitForBit() {
        return forAll((space, cube, random) -> {
            ParameterValues decoded =
                    cube.decode(random.doubles(cube.dimension()).toArray());
            ParameterValues drawn =
                    cube.atQuantiles(random.doubles(cube.freeParameters()).toArray());
            for (ParameterValues theta : List.of(decoded, drawn)) {
                assertThat(cube.decode(cube.encode(theta))).isEqualTo(theta);
                assertThat(cube.atQuantiles(cube.quantiles(theta))).isEqualTo(theta);
                assertThat(ParameterValuesJson.read(space, ParameterValuesJson.write(space, theta)))
                        .isEqualTo(theta);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> toldPointsComeBackToTwelveDigits() {
        return forAll((space, cube, random) -> {
            ParameterValues told = RandomSpaces.point(space, random);
            ParameterValues back = cube.decode(cube.encode(told));
            assertThat(back.values().keySet()).isEqualTo(told.values().keySet());
            for (Parameter parameter : space.parameters()) {
                Object value = told.values().get(parameter.name());
                if (parameter instanceof Parameter.Real real && value != null) {
                    double scale = real.log() ? (Double) value : Math.max(Math.abs(real.low()), Math.abs(real.high()));
                    assertThat(Math.abs(back.real(real.name()) - (Double) value))
                            .isLessThanOrEqualTo(Scale.of(real).precision() * scale);
                } else {
                    assertThat(back.values().get(parameter.name())).isEqualTo(value);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> encodedPointsAreInTheCubeAndLevelsSumToOne() {
        return forAll((space, cube, random) -> {
            double[] point = cube.encode(RandomSpaces.point(space, random));
            assertThat(point).hasSize(cube.coordinates().size());
            assertThat(Arrays.stream(point).allMatch(u -> u >= 0 && u <= 1)).isTrue();
            Map<String, Double> sums = new HashMap<>();
            for (int d = 0; d < point.length; d++) {
                Coordinate coordinate = cube.coordinates().get(d);
                if (coordinate.kind() == Coordinate.Kind.LEVEL) {
                    sums.merge(coordinate.parameter(), point[d], Double::sum);
                }
            }
            assertThat(sums.values()).allMatch(sum -> Math.abs(sum - 1) < 1e-12);
            assertThat(cube.holds(point)).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> inactiveParametersAreAbsentAndDecideNothing() {
        return forAll((space, cube, random) -> {
            double[] point = random.doubles(cube.dimension()).toArray();
            ParameterValues theta = cube.decode(point);
            for (Parameter parameter : space.parameters()) {
                assertThat(theta.values().containsKey(parameter.name()))
                        .isEqualTo(space.isActive(parameter.name(), theta));
            }
            double[] other = cube.encode(theta);
            for (int d = 0; d < other.length; d++) {
                if (!theta.values().containsKey(cube.coordinates().get(d).parameter())) {
                    other[d] = random.nextDouble();
                }
            }
            assertThat(cube.decode(other)).isEqualTo(theta);
        });
    }

    @TestFactory
    Stream<DynamicTest> drawnPointsAreThoseThatNeedNoMove() {
        return forAll((space, cube, random) -> {
            double[] quantiles = random.doubles(cube.freeParameters()).toArray();
            cube.drawn(quantiles).ifPresent(theta -> {
                assertThat(space.problems(theta)).isEmpty();
                assertThat(cube.atQuantiles(quantiles)).isEqualTo(theta);
            });
            assertThat(space.constraints().isEmpty() && cube.drawn(quantiles).isEmpty())
                    .isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> aStepOfOneParameterGivesAPoint() {
        return forAll((space, cube, random) -> {
            ParameterValues theta = RandomSpaces.point(space, random);
            ParameterValues other = RandomSpaces.point(space, random);
            other.values().forEach((name, value) -> assertThat(space.problems(cube.nearest(theta.with(name, value))))
                    .isEmpty());
            assertThat(cube.nearest(theta)).isEqualTo(theta);
        });
    }

    @TestFactory
    Stream<DynamicTest> fixedValuesAreInEveryPointAndTakeNoCoordinate() {
        return forAll((space, cube, random) -> {
            ParameterValues theta =
                    cube.atQuantiles(random.doubles(cube.freeParameters()).toArray());
            space.fixed().forEach((name, value) -> {
                assertThat(cube.coordinates()).extracting(Coordinate::parameter).doesNotContain(name);
                assertThat(theta.values().get(name)).isEqualTo(space.isActive(name, theta) ? value : null);
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> theSizeIsTheNumberOfDistinctPoints() {
        return ExampleSpaces.shelf().entrySet().stream()
                .filter(entry -> entry.getValue().size().orElse(Long.MAX_VALUE) <= 100_000)
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    SearchSpace space = entry.getValue();
                    List<ParameterValues> points = new UnitCube(space).points();
                    Set<ParameterValues> distinct = new HashSet<>(points);
                    assertThat(distinct.size()).isEqualTo(points.size());
                    assertThat(space.size()).hasValue(points.size());
                    assertThat(points.stream()
                                    .allMatch(theta -> space.problems(theta).isEmpty()))
                            .isTrue();
                    Random random = new Random(3);
                    for (int i = 0; i < DRAWS; i++) {
                        assertThat(distinct.contains(RandomSpaces.point(space, random)))
                                .isTrue();
                    }
                }));
    }

    @Test
    void theShelfHasEveryKindOfSpace() {
        Set<Class<?>> kinds = ExampleSpaces.shelf().values().stream()
                .flatMap(space -> space.parameters().stream())
                .map(Object::getClass)
                .collect(Collectors.toSet());
        assertThat(kinds).containsExactlyInAnyOrder(Parameter.class.getPermittedSubclasses());
        assertThat(ExampleSpaces.shelf().values())
                .anyMatch(space ->
                        !space.conditions().isEmpty() && !space.constraints().isEmpty())
                .anyMatch(
                        space -> !space.conditions().isEmpty() && !space.fixed().isEmpty())
                .anyMatch(
                        space -> space.size().isPresent() && !space.conditions().isEmpty())
                .anyMatch(space ->
                        space.size().isPresent() && !space.constraints().isEmpty());
    }

    private static Stream<DynamicTest> forAll(Law law) {
        return ExampleSpaces.shelf().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    UnitCube cube = new UnitCube(entry.getValue());
                    Random random = new Random(17);
                    for (int i = 0; i < DRAWS; i++) {
                        law.check(entry.getValue(), cube, random);
                    }
                }));
    }
}
