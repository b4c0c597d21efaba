package dev.smt.jobs.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand. */
class FleetImportanceTest {
    private static final double EXACT = 1e-12;

    @Test
    void importanceIsTheWeightedMeanAndItsErrorTheRootOfTheWeightedSquares() {
        FeatureImportance age = FleetImportance.of(
                        Map.of("m1", List.of(measured("age", 2, 0.3)), "m2", List.of(measured("age", 6, 0.4))),
                        Map.of("m1", 3.0, "m2", 1.0))
                .fleet()
                .get(0);
        assertThat(age.importance()).isCloseTo(3, within(EXACT)); // 3/4 * 2 + 1/4 * 6
        assertThat(age.standardError()).isCloseTo(Math.sqrt(0.0506250 + 0.01), within(EXACT)); // 0.225^2 + 0.1^2
    }

    @Test
    void aFeatureCountsOverTheModelsThatHaveIt() {
        FleetImportance fleet = FleetImportance.of(
                Map.of(
                        "m1", List.of(measured("age", 2, 0.1), measured("city", 5, 0.2)),
                        "m2", List.of(measured("age", 4, 0.1))),
                Map.of("m1", 1.0, "m2", 9.0));
        assertThat(fleet.fleet()).extracting(FeatureImportance::feature).containsExactly("city", "age");
        assertThat(fleet.fleet().get(0)).isEqualTo(measured("city", 5, 0.2));
        assertThat(fleet.fleet().get(1).importance()).isCloseTo(3.8, within(EXACT));
    }

    @Test
    void modelsWithoutAnyWeightCountTheSame() {
        FeatureImportance age = FleetImportance.of(
                        Map.of("m1", List.of(measured("age", 2, 0.3)), "m2", List.of(measured("age", 4, 0.4))),
                        Map.of("m1", 0.0, "m2", 0.0))
                .fleet()
                .get(0);
        assertThat(age.importance()).isCloseTo(3, within(EXACT));
        assertThat(age.standardError()).isCloseTo(0.25, within(EXACT));
    }

    @Test
    void equallyImportantFeaturesAreInTheOrderOfTheirNames() {
        assertThat(FleetImportance.of(
                                Map.of("m1", List.of(measured("b", 1, 0), measured("c", 2, 0), measured("a", 1, 0))),
                                Map.of("m1", 1.0))
                        .fleet())
                .extracting(FeatureImportance::feature)
                .containsExactly("c", "a", "b");
    }

    @Test
    void agreementIsTheMeanKendallTauOverTheFeaturesThatTwoModelsShare() {
        List<FeatureImportance> order =
                List.of(measured("a", 3, 0), measured("b", 2, 0), measured("c", 1, 0), measured("only-here", 9, 0));
        List<FeatureImportance> lastTwoSwapped = List.of(measured("a", 3, 0), measured("b", 1, 0), measured("c", 2, 0));
        List<FeatureImportance> reversed = List.of(measured("a", 1, 0), measured("b", 2, 0), measured("c", 3, 0));
        // Pairs of features in the same order: 2 of 3 (tau 1/3), 0 of 3 (-1), 1 of 3 (-1/3).
        assertThat(FleetImportance.of(
                                Map.of("m1", order, "m2", lastTwoSwapped, "m3", reversed),
                                Map.of("m1", 1.0, "m2", 1.0, "m3", 1.0))
                        .agreement()
                        .orElseThrow())
                .isCloseTo(-1.0 / 3, within(EXACT));
    }

    @Test
    void thereIsNoAgreementWhereNothingCanBeCompared() {
        assertThat(FleetImportance.of(Map.of("m1", List.of(measured("a", 1, 0))), Map.of("m1", 1.0))
                        .agreement())
                .isEmpty();
        assertThat(FleetImportance.of(
                                Map.of("m1", List.of(measured("a", 1, 0)), "m2", List.of(measured("b", 1, 0))),
                                Map.of("m1", 1.0, "m2", 1.0))
                        .agreement())
                .isEmpty();
    }

    private static FeatureImportance measured(String feature, double importance, double standardError) {
        return new FeatureImportance(feature, FeatureType.NUMERIC, importance, standardError);
    }
}
