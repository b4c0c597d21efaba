package dev.smt.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceRulesTest {
    private static final SearchSpace FLAT = SearchSpace.of(
            new Parameter.Flag("on"),
            new Parameter.Categorical("kind", List.of("A", "B")),
            new Parameter.Whole("n", 0, 10, false),
            new Parameter.Real("x", 0, 1, false),
            new Parameter.Real("y", 0, 1, false));
    private static final SearchSpace CHAIN =
            FLAT.withConditions(Condition.of("kind", "on", true), Condition.of("x", "kind", "B"));

    @Test
    void aParameterIsActiveWhereItsAncestorsAllowIt() {
        assertThat(CHAIN.problems(point("on", true, "kind", "B", "n", 1L, "x", 0.5, "y", 0.5)))
                .isEmpty();
        assertThat(CHAIN.problems(point("on", true, "kind", "A", "n", 1L, "y", 0.5)))
                .isEmpty();
        assertThat(CHAIN.problems(point("on", false, "n", 1L, "y", 0.5))).isEmpty();
        assertThat(CHAIN.problems(point("on", true, "kind", "B", "n", 1L, "y", 0.5)))
                .containsExactly("parameter x has no value; allowed: a real number in [0.0, 1.0]");
    }

    @Test
    void aValueOfAnInactiveParameterIsAProblemThatSaysWhy() {
        assertThat(CHAIN.problems(point("on", false, "kind", "B", "n", 1L, "x", 0.5, "y", 0.5)))
                .containsExactly(
                        "parameter kind is B, but it is inactive here; leave it out (kind is active only where on is true)",
                        "parameter x is 0.5, but it is inactive here; leave it out (x is active only where kind is B, "
                                + "kind is active only where on is true)");
    }

    @Test
    void completedBringsAlongWhatAChangeNeeds() {
        ParameterValues off = point("on", false, "n", 1L, "y", 0.5);

        assertThat(CHAIN.completed(off.with("on", true))).isEqualTo(point("on", true, "kind", "A", "n", 1L, "y", 0.5));
        assertThat(CHAIN.completed(off.with("on", true).with("kind", "B")).values())
                .containsEntry("x", 0.5);
        assertThat(CHAIN.completed(point("on", false, "kind", "B", "n", 1L, "x", 0.5, "y", 0.5)))
                .isEqualTo(off);
    }

    @Test
    void namesAllProblemsOfConditionsAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.withConditions(
                        Condition.of("gone", "on", true),
                        Condition.of("x", "lost", 1L),
                        Condition.of("n", "y", 0.5),
                        Condition.of("y", "kind", "C"),
                        Condition.of("on", "kind", "A"),
                        Condition.of("kind", "on", true)))
                .withMessageContainingAll(
                        "names gone, which is not one of this search space's: [on, kind, n, x, y]",
                        "names lost",
                        "has a real parent, y; allowed: a flag, a categorical or a whole parameter",
                        "kind can't be C (String); allowed: one of [A, B]",
                        "parameters [kind, on] wait for one another: their conditions form a cycle",
                        "y is active only where kind is C");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.withConditions(Condition.of("on", "on", true)))
                .withMessageContaining("[on] wait");
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.of("x", "on"));
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.of("x", "on", true, true));
    }

    @Test
    void refusesAParameterThatCanNeverBeActive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.withConditions(
                        Condition.of("x", "kind", "A"),
                        Condition.of("y", "kind", "B"),
                        Condition.of("n", "kind", "B"),
                        Condition.of("x", "n", 3L)))
                .withMessageContaining("parameter x can never be active");
    }

    @Test
    void fixedValuesAreCheckedAndHeld() {
        SearchSpace fixed = FLAT.fixing(Map.of("n", 3L, "kind", "A"));

        assertThat(fixed.problems(point("on", true, "kind", "A", "n", 4L, "x", 0.0, "y", 1.0)))
                .containsExactly("parameter n is 4 (Long); allowed: the fixed 3");
        assertThat(fixed.fixing(Map.of("n", 4L)).fixed()).isEqualTo(Map.of("n", 4L, "kind", "A"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.fixing(Map.of("n", 11L, "gone", true, "x", 1L)))
                .withMessageContainingAll(
                        "n is fixed at 11 (Long); allowed: a whole number in [0, 10]", "names gone", "x is fixed at 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHAIN.fixing(Map.of("on", false, "x", 0.5)))
                .withMessageContaining("parameter x is fixed at 0.5, but the other fixed values");
    }

    @Test
    void aViolatedConstraintSaysTheSum() {
        SearchSpace space = FLAT.withConstraints(
                new LinearConstraint(Map.of("n", 0.5), 2), LinearConstraint.sumAtMost(1, "x", "y"));

        assertThat(space.problems(point("on", true, "kind", "A", "n", 4L, "x", 0.25, "y", 0.75)))
                .isEmpty();
        assertThat(space.problems(point("on", true, "kind", "A", "n", 5L, "x", 0.5, "y", 0.75)))
                .containsExactly("0.5 * n is 2.5; allowed: at most 2.0", "x + y is 1.25; allowed: at most 1.0");
    }

    @Test
    void anInactiveParameterAddsNothingToASum() {
        SearchSpace space = CHAIN.withConstraints(LinearConstraint.sumAtMost(0.5, "x", "y"));

        assertThat(space.problems(point("on", false, "n", 1L, "y", 0.5))).isEmpty();
        assertThat(space.problems(point("on", true, "kind", "B", "n", 1L, "x", 0.25, "y", 0.5)))
                .containsExactly("x + y is 0.75; allowed: at most 0.5");
    }

    @Test
    void refusesConstraintsThatHoldNowhereOrHaveOtherTerms() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.withConstraints(new LinearConstraint(Map.of("x", -1.0), -1.5)))
                .withMessage(
                        "constraint \"-1.0 * x <= -1.5\" holds nowhere: the sum is at least -1.0; raise the bound, or"
                                + " widen the ranges");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.withConstraints(LinearConstraint.sumAtMost(2, "n", "x"))
                        .fixing(Map.of("n", 3L)))
                .withMessageContaining("the sum is at least 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.withConstraints(
                        LinearConstraint.sumAtMost(1, "on", "gone"), LinearConstraint.sumAtMost(1, "kind", "x")))
                .withMessageContainingAll("has on, which is true or false", "names gone", "has kind");
        assertThatIllegalArgumentException().isThrownBy(() -> new LinearConstraint(Map.of("x", 0.0), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinearConstraint(Map.of(), 1));
    }

    @Test
    void joinedSpacesKeepEverythingAndRefuseAClash() {
        SearchSpace other = SearchSpace.of(new Parameter.Flag("b.on"), new Parameter.Real("b.x", 0, 2, false))
                .withConditions(Condition.of("b.x", "b.on", true))
                .withConstraints(new LinearConstraint(Map.of("b.x", 1.0), 1))
                .fixing(Map.of("b.on", true));

        SearchSpace joined = SearchSpace.joined(List.of(CHAIN, other));

        assertThat(joined.names()).containsExactly("on", "kind", "n", "x", "y", "b.on", "b.x");
        assertThat(joined.conditions()).hasSize(3);
        assertThat(joined.constraints()).hasSize(1);
        assertThat(joined.fixed()).isEqualTo(Map.of("b.on", true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.joined(List.of(FLAT, CHAIN)))
                .withMessageContainingAll("parameter on is twice", "parameter y is twice");
    }

    @Test
    void countsOnlyValidPoints() {
        SearchSpace dice = SearchSpace.of(
                new Parameter.Whole("a", 1, 6, false), new Parameter.Whole("b", 1, 6, false), new Parameter.Flag("c"));

        assertThat(dice.withConstraints(LinearConstraint.sumAtMost(4, "a", "b")).size())
                .hasValue(12);
        assertThat(dice.withConditions(Condition.of("b", "c", true)).size()).hasValue(42);
        assertThat(dice.withConditions(Condition.of("b", "c", true))
                        .fixing(Map.of("c", false))
                        .size())
                .hasValue(6);
        assertThat(dice.withConditions(Condition.of("c", "a", 6L)).size()).hasValue(42);
        SearchSpace large =
                SearchSpace.of(new Parameter.Whole("a", 1, 1000, false), new Parameter.Whole("b", 1, 1000, false));
        assertThat(large.withConstraints(LinearConstraint.sumAtMost(4, "a", "b"))
                        .size())
                .isEmpty();
    }

    private static ParameterValues point(Object... namesAndValues) {
        ParameterValues values = ParameterValues.empty();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values = values.with((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }
}
