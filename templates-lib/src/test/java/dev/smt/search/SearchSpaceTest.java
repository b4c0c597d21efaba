package dev.smt.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("rate", 0.1, 1, true),
            new Parameter.Whole("depth", 1, 4, false),
            new Parameter.Categorical("kind", List.of("A", "B")),
            new Parameter.Flag("on"));

    @Test
    void listsEveryProblemOfAPoint() {
        ParameterValues wrong = new ParameterValues(Map.of("rate", 2.0, "depth", 2.0, "kind", "C", "extra", true));

        assertThat(SPACE.problems(wrong))
                .containsExactly(
                        "parameter rate is 2.0 (Double); allowed: a real number in [0.1, 1.0]",
                        "parameter depth is 2.0 (Double); allowed: a whole number in [1, 4]",
                        "parameter kind is C (String); allowed: one of [A, B]",
                        "parameter on has no value; allowed: true or false",
                        "parameter extra is not one of this search space's: [rate, depth, kind, on]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.require(wrong))
                .withMessageContainingAll("rate", "depth", "kind", "on has no value", "extra");
    }

    @Test
    void theEndsOfARangeBelongToIt() {
        assertThat(SPACE.problems(point(0.1, 1))).isEmpty();
        assertThat(SPACE.problems(point(1.0, 4))).isEmpty();
        assertThat(SPACE.problems(point(Math.nextUp(1.0), 5))).hasSize(2);
        assertThat(SPACE.problems(point(Double.NaN, 4))).hasSize(1);
    }

    @Test
    void requireGivesThePointInTheSpacesOrder() {
        assertThat(SPACE.require(point(0.5, 2)).values().keySet()).containsExactly("rate", "depth", "kind", "on");
    }

    @Test
    void refusesImpossibleParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(new Parameter.Flag("a"), new Parameter.Flag("a")))
                .withMessageContaining("parameter a is twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parameter.Real("a", 0, 1, true))
                .withMessageContaining("log scale with low = 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("a", 2, 1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Categorical("a", List.of("X", "X")));
    }

    private static ParameterValues point(double rate, long depth) {
        return new ParameterValues(Map.of("on", true, "kind", "B", "depth", depth, "rate", rate));
    }
}
