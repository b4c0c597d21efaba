package dev.smt.jobs.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.sensitivity.SurrogateSlices.Point;
import dev.smt.search.Condition;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Laws that are known, seen through the surrogate of trials with little noise. */
class SurrogateSlicesTest {
    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("t.x", 0, 1, false),
            new Parameter.Real("t.y", 0.01, 1, true),
            new Parameter.Categorical("t.kind", List.of("a", "b", "c")));

    private final List<Point> points = around(
            SPACE,
            theta -> -1.2 * Math.pow(theta.real("t.x") - 0.5, 2)
                    + (theta.level("t.kind").equals("b") ? 0.1 : 0),
            new ParameterValues(Map.of("t.x", 0.25, "t.y", 0.1, "t.kind", "a")));

    @Test
    void aSliceFollowsTheLawAndIsEvenInTheParametersScale() {
        List<Point> slice = of("t.x");
        assertThat(slice).hasSize(21);
        assertThat(slice).allSatisfy(point -> {
            double x = point.theta().real("t.x");
            assertThat(x).isCloseTo(point.number() / 20.0, within(1e-6));
            assertThat(point.belief().mu()).isCloseTo(1 - 1.2 * Math.pow(x - 0.5, 2), within(0.03));
            assertThat(point.belief().probabilityOfFeasibility()).isEqualTo(1);
            assertThat(point.theta().level("t.kind")).isEqualTo("a");
        });
        assertThat(of("t.y").get(10).theta().real("t.y")).isCloseTo(0.1, within(1e-3));
    }

    @Test
    void levelsAreOnePointEach() {
        assertThat(of("t.kind")).extracting(point -> point.value("t.kind")).containsExactly("a", "b", "c");
        assertThat(of("t.kind").get(1).belief().mu()
                        - of("t.kind").get(0).belief().mu())
                .isCloseTo(0.1, within(0.03));
    }

    @Test
    void thePlaneIsOfTheTwoParametersThatMoveMuMost() {
        List<Point> plane =
                points.stream().filter(point -> point.other().isPresent()).toList();
        assertThat(plane).hasSize(15 * 3).allSatisfy(point -> assertThat(point.parameter() + point.other())
                .isEqualTo("t.xOptional[t.kind]"));
    }

    @Test
    void aParameterThatIsNotActiveAtTheCenterHasNoSlice() {
        SearchSpace space = SearchSpace.of(new Parameter.Flag("t.on"), new Parameter.Real("t.x", 0, 1, false))
                .withConditions(Condition.of("t.x", "t.on", true));
        List<Point> found =
                around(space, theta -> theta.flag("t.on") ? 0.1 : 0, new ParameterValues(Map.of("t.on", false)));
        assertThat(found).extracting(Point::parameter).containsOnly("t.on").hasSize(2);
    }

    private List<Point> of(String parameter) {
        return points.stream()
                .filter(point ->
                        point.parameter().equals(parameter) && point.other().equals(Optional.empty()))
                .toList();
    }

    private static List<Point> around(
            SearchSpace space, java.util.function.ToDoubleFunction<ParameterValues> law, ParameterValues center) {
        PlantedStudy study = new PlantedStudy(space, 1, 1, 1);
        var trials = study.trials(40, 0.002, 3, (theta, model) -> law.applyAsDouble(theta));
        return TechniqueSurrogate.of(space, study.objective(), trials, 1)
                .map(surrogate -> new SurrogateSlices(space, surrogate).around(space.completed(center)))
                .orElseThrow();
    }
}
