package dev.smt.jobs.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetImportanceTest {

    @Test
    void isTheWeightedMeanWithItsStandardError() {
        FleetImportance fleet = FleetImportance.of(
                Map.of("m1", List.of(age(1, 0.3)), "m2", List.of(age(5, 0.4))), Map.of("m1", 3.0, "m2", 1.0));
        assertThat(fleet.fleet()).singleElement().satisfies(age -> {
            assertThat(age.feature()).isEqualTo("age");
            assertThat(age.importance()).isCloseTo(2, within(1e-12));
            // sqrt((3/4 * 0.3)^2 + (1/4 * 0.4)^2)
            assertThat(age.standardError()).isCloseTo(Math.sqrt(0.050625 + 0.01), within(1e-12));
        });
    }

    @Test
    void aFeatureThatOnlySomeModelsHaveIsAMeanOverThose() {
        FleetImportance fleet = FleetImportance.of(
                Map.of(
                        "m1", List.of(age(1, 0), feature("ad", 9, 0.5)),
                        "m2", List.of(age(3, 0)),
                        "m3", List.of(age(2, 0), feature("ad", 6, 0.5))),
                Map.of("m1", 2.0, "m2", 5.0, "m3", 1.0));
        assertThat(fleet.fleet()).extracting(FeatureImportance::feature).containsExactly("ad", "age");
        assertThat(fleet.fleet().get(0).importance()).isCloseTo(8, within(1e-12));
        assertThat(fleet.fleet().get(1).importance()).isCloseTo(19.0 / 8, within(1e-12));
    }

    @Test
    void modelsWhoseWeightsSumToZeroCountTheSame() {
        FleetImportance fleet = FleetImportance.of(
                Map.of("m1", List.of(age(1, 0.3)), "m2", List.of(age(5, 0.4))), Map.of("m1", 0.0, "m2", 0.0));
        assertThat(fleet.fleet().get(0).importance()).isCloseTo(3, within(1e-12));
        assertThat(fleet.fleet().get(0).standardError()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void anUnknownErrorStaysUnknown() {
        FleetImportance fleet = FleetImportance.of(Map.of("m1", List.of(age(1, Double.NaN))), Map.of("m1", 1.0));
        assertThat(fleet.fleet().get(0).standardError()).isNaN();
    }

    @Test
    void equalImportancesAreInTheOrderOfTheNames() {
        FleetImportance fleet = FleetImportance.of(
                Map.of("m1", List.of(feature("c", 1, 0), feature("a", 1, 0), feature("b", 1, 0))), Map.of("m1", 1.0));
        assertThat(fleet.fleet()).extracting(FeatureImportance::feature).containsExactly("a", "b", "c");
    }

    @Test
    void agreementIsTheMeanKendallTauOfThePairs() {
        // m1 and m2: two of three pairs in the same order, tau 1/3; m1 and m3: reversed, -1; m2 and m3: -1/3.
        FleetImportance fleet = FleetImportance.of(
                Map.of("m1", ranked(3, 2, 1), "m2", ranked(3, 1, 2), "m3", ranked(1, 2, 3)),
                Map.of("m1", 1.0, "m2", 1.0, "m3", 1.0));
        assertThat(fleet.agreement().orElseThrow()).isCloseTo(-1.0 / 3, within(1e-12));
        assertThat(fleet.summary()).last().isEqualTo("the models' rankings agree with a mean Kendall tau of -0.33");
    }

    @Test
    void agreementCountsOnlyFeaturesThatBothModelsHave() {
        FleetImportance fleet = FleetImportance.of(
                Map.of(
                        "m1",
                        List.of(feature("a", 2, 0), feature("b", 1, 0), feature("x", 9, 0)),
                        "m2",
                        ranked(5, 4, 8)),
                Map.of("m1", 1.0, "m2", 1.0));
        assertThat(fleet.agreement().orElseThrow()).isEqualTo(1);
    }

    @Test
    void thereIsNoAgreementOfOneModelNorOfModelsWithoutAnOrder() {
        assertThat(FleetImportance.of(Map.of("m1", ranked(1, 2, 3)), Map.of("m1", 1.0))
                        .agreement())
                .isEmpty();
        assertThat(FleetImportance.of(
                                Map.of("m1", ranked(1, 1, 1), "m2", ranked(1, 2, 3)), Map.of("m1", 1.0, "m2", 1.0))
                        .agreement())
                .isEmpty();
    }

    @Test
    void summaryShowsTheBestFeaturesOfEachType() {
        FleetImportance fleet = FleetImportance.of(
                Map.of(
                        "m1",
                        List.of(
                                age(0.25, 0),
                                feature("a", 7, 0),
                                feature("b", 6, 0),
                                feature("c", 5, 0),
                                feature("d", 4, 0),
                                feature("e", 3, 0),
                                feature("f", 2, 0))),
                Map.of("m1", 1.0));
        assertThat(fleet.summary())
                .containsExactly(
                        "numeric: age 0.250 %",
                        "id: a 7.000 %, b 6.000 %, c 5.000 %, d 4.000 %, e 3.000 %, and 1 more");
    }

    private static FeatureImportance age(double importance, double error) {
        return new FeatureImportance("age", FeatureType.NUMERIC, importance, error);
    }

    private static FeatureImportance feature(String name, double importance, double error) {
        return new FeatureImportance(name, FeatureType.ID, importance, error);
    }

    private static List<FeatureImportance> ranked(double a, double b, double c) {
        return List.of(feature("a", a, 0), feature("b", b, 0), feature("c", c, 0));
    }
}
