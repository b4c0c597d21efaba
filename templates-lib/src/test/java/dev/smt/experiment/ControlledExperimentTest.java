package dev.smt.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Lifts of arms against a control: values computed elsewhere, and what intervals promise. */
class ControlledExperimentTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final TreeMap<String, Double> EQUAL = new TreeMap<>();

    /** R's data set sleep (Student 1908): t.test(extra ~ group, data = sleep), as R's manual prints it. */
    @Test
    void theWelchTestOfStudentsSleepData() {
        Arm first = Arms.of("1", 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);
        Arm second = Arms.of("2", 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

        ArmFinding finding = only(ControlledExperiment.of(List.of(first, second), "2", EQUAL, 0.95));

        Estimate difference = finding.plain().difference();
        assertThat(difference.value() / difference.standardError()).isCloseTo(-1.8608, within(5e-5));
        assertThat(difference.degreesOfFreedom()).isCloseTo(17.776, within(5e-4));
        assertThat(difference.pValue()).isCloseTo(0.07939, within(5e-6));
        assertThat(difference.interval(0.95).low()).isCloseTo(-3.3654832, within(5e-8));
        assertThat(difference.interval(0.95).high()).isCloseTo(0.2054832, within(5e-8));
        assertThat(finding.finding().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(finding.finding().reasons()).containsExactly("the interval of the difference contains 0");
    }

    /** Expected values: a dozen lines of Python by the formulas of docs/experiments.md. */
    @Test
    void liftsAndCupedOfSeventeenUnits() {
        Arm a = Arms.of("A", new double[] {3, 1, 4, 1, 5, 9, 2, 6}, new double[] {2, 1, 3, 2, 4, 7, 2, 5});
        Arm b = Arms.of("B", new double[] {5, 3, 5, 8, 9, 7, 9, 3, 2}, new double[] {3, 2, 4, 6, 7, 4, 6, 3, 1});

        ControlledExperiment experiment = ControlledExperiment.of(List.of(a, b), "A", EQUAL, 0.95);

        CovariateAdjustment cuped = experiment.adjustment().orElseThrow();
        assertThat(cuped.theta()).isCloseTo(1.315126050420168, EXACT);
        assertThat(cuped.center()).isCloseTo(3.6470588235294117, EXACT);
        ArmFinding finding = only(experiment);
        assertLift(finding.plain(), 1.791666666666667, 1.3227819110219885, 14.685981302108218);
        assertEstimate(
                finding.plain().relative().orElseThrow(), 0.46236559139784955, 0.43372745984241434, 12.024809358688035);
        Lift adjusted = finding.adjusted().orElseThrow();
        assertThat(adjusted.treatment().value()).isCloseTo(5.202504531224254, EXACT);
        assertLift(adjusted, 0.8053221288515404, 0.34700113625935874, 14.401463595823351);
        assertEstimate(adjusted.relative().orElseThrow(), 0.18314503587956454, 0.08447616114041014, 14.973873491942975);
        assertThat(finding.varianceReduction().orElseThrow()).isCloseTo(0.9311846537923127, EXACT);
        assertThat(finding.decisive()).isEqualTo(adjusted);
        assertThat(finding.finding()).isEqualTo(new Finding(Verdict.HIGHER, List.of()));
    }

    /** Exponential metrics, 100 units per arm: the coverage of 2,000 intervals has a standard error of 0.5 %. */
    @Test
    void ninetyFiveOfAHundredIntervalsContainTheTruth() {
        Random random = new Random(20130204);
        int absolute = 0;
        int relative = 0;
        for (int run = 0; run < 2000; run++) {
            Arm control = Arms.of("A", exponential(100, 2, random));
            Arm treatment = Arms.of("B", exponential(130, 2.3, random));
            Lift lift = only(ControlledExperiment.of(List.of(control, treatment), "A", EQUAL, 0.95))
                    .plain();
            absolute += lift.difference().interval(0.95).contains(0.3) ? 1 : 0;
            relative += lift.relative().orElseThrow().interval(0.95).contains(0.15) ? 1 : 0;
        }
        assertThat(absolute / 2000.0).isBetween(0.935, 0.965);
        assertThat(relative / 2000.0).isBetween(0.935, 0.965);
    }

    /** Means over 2,000 experiments with a true lift of 0.2: the standard error of the mean is 0.0024 after CUPED. */
    @Test
    void cupedHasNoBiasAndTakesOutTheSquareOfTheCorrelation() {
        Random random = new Random(7);
        double sum = 0;
        double reduction = 0;
        int covered = 0;
        for (int run = 0; run < 2000; run++) {
            ArmFinding finding = only(ControlledExperiment.of(
                    List.of(Arms.normal("A", 100, 5, 0.7, random), Arms.normal("B", 100, 5.2, 0.7, random)),
                    "A",
                    EQUAL,
                    0.95));
            Estimate difference = finding.adjusted().orElseThrow().difference();
            sum += difference.value();
            reduction += finding.varianceReduction().orElseThrow();
            covered += difference.interval(0.95).contains(0.2) ? 1 : 0;
        }
        assertThat(sum / 2000).isCloseTo(0.2, within(0.0075));
        assertThat(reduction / 2000).isCloseTo(0.49, within(0.01));
        assertThat(covered / 2000.0).isBetween(0.935, 0.965);
    }

    @Test
    void theSmallestDetectableEffectIsFoundInEightOfTenExperiments() {
        Random random = new Random(11);
        double effect = only(ControlledExperiment.of(
                        List.of(Arms.normal("A", 200, 0, 0, random), Arms.normal("B", 200, 0, 0, random)),
                        "A",
                        EQUAL,
                        0.95))
                .plain()
                .difference()
                .smallestEffect(0.95, ArmFinding.POWER);
        assertThat(effect).isCloseTo(2.8 * Math.sqrt(2 / 200.0), within(0.03));
        int found = 0;
        for (int run = 0; run < 2000; run++) {
            Arm control = Arms.normal("A", 200, 0, 0, random);
            Arm treatment = Arms.normal("B", 200, 2.8123 * Math.sqrt(2 / 200.0), 0, random);
            Lift lift = only(ControlledExperiment.of(List.of(control, treatment), "A", EQUAL, 0.95))
                    .plain();
            found += lift.difference().interval(0.95).low() > 0 ? 1 : 0;
        }
        assertThat(found / 2000.0).isCloseTo(0.8, within(0.03));
    }

    /** Four arms that do nothing: some finding is false in at most 5 of 100 experiments. */
    @Test
    void theIntervalsOfSeveralArmsHoldTogether() {
        Random random = new Random(3);
        int wrong = 0;
        for (int run = 0; run < 1000; run++) {
            ControlledExperiment experiment = ControlledExperiment.of(
                    List.of(
                            Arms.normal("A", 50, 1, 0, random),
                            Arms.normal("B", 50, 1, 0, random),
                            Arms.normal("C", 50, 1, 0, random),
                            Arms.normal("D", 50, 1, 0, random)),
                    "A",
                    EQUAL,
                    0.95);
            assertThat(experiment.findings()).extracting(ArmFinding::level).containsOnly(1 - (1 - 0.95) / 3);
            wrong += experiment.findings().stream()
                            .anyMatch(finding -> finding.finding().verdict() != Verdict.CANNOT_TELL)
                    ? 1
                    : 0;
        }
        assertThat(wrong / 1000.0).isBetween(0.02, 0.065);
    }

    @Test
    void aSampleRatioMismatchVoidsALargeLift() {
        Random random = new Random(5);
        ControlledExperiment experiment = ControlledExperiment.of(
                List.of(Arms.normal("A", 2000, 1, 0, random), Arms.normal("B", 1700, 2, 0, random)), "A", EQUAL, 0.95);
        assertThat(experiment.sampleRatio().mismatch()).isTrue();
        assertThat(only(experiment).plain().difference().interval(0.95).low()).isGreaterThan(0.8);
        assertThat(only(experiment).finding().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(only(experiment).finding().reasons())
                .singleElement()
                .asString()
                .startsWith("sample ratio mismatch");
    }

    @Test
    void aMetricThatNeverVariesTellsNothing() {
        ArmFinding finding =
                only(ControlledExperiment.of(List.of(Arms.of("A", 1, 1, 1), Arms.of("B", 2, 2, 2)), "A", EQUAL, 0.95));
        assertThat(finding.finding().reasons()).containsExactly("nothing varies, so there is no standard error");
        assertThat(finding.plain().difference().pValue()).isEqualTo(1);
    }

    @Test
    void thereIsNoRelativeLiftOverAControlThatMayBeZero() {
        ArmFinding finding = only(
                ControlledExperiment.of(List.of(Arms.of("A", -1, 1, 0.1), Arms.of("B", 5, 6, 7)), "A", EQUAL, 0.95));
        assertThat(finding.plain().relative()).isEmpty();
        assertThat(finding.plain().difference().value()).isCloseTo(6 - 0.1 / 3, EXACT);
    }

    @Test
    void aCovariateThatDoesNotVaryChangesNothing() {
        Arm a = Arms.of("A", new double[] {1, 2, 3}, new double[] {4, 4, 4});
        Arm b = Arms.of("B", new double[] {3, 2, 4}, new double[] {4, 4, 4});
        ArmFinding finding = only(ControlledExperiment.of(List.of(a, b), "A", EQUAL, 0.95));
        assertThat(finding.adjusted()).contains(finding.plain());
        assertThat(finding.varianceReduction()).contains(0.0);
    }

    @Test
    void refusesArmsThatCannotBeCompared() {
        Arm a = Arms.of("A", 1, 2);
        assertThatThrownBy(() -> ControlledExperiment.of(List.of(a), "A", EQUAL, 0.95))
                .hasMessageContaining("allowed: two arms or more");
        assertThatThrownBy(() -> ControlledExperiment.of(List.of(a, Arms.of("B", 1, 2)), "C", EQUAL, 0.95))
                .hasMessageContaining("the control is \"C\"");
        assertThatThrownBy(() -> Arms.of("A", 1)).hasMessageContaining("2 units or more");
        assertThatThrownBy(() -> Arms.of("A", 1, Double.NaN)).hasMessageContaining("finite");
    }

    private static double[] exponential(int units, double mean, Random random) {
        return random.doubles(units)
                .map(uniform -> -mean * Math.log(1 - uniform))
                .toArray();
    }

    private static ArmFinding only(ControlledExperiment experiment) {
        assertThat(experiment.findings()).hasSize(1);
        return experiment.findings().get(0);
    }

    private static void assertLift(Lift lift, double value, double error, double degrees) {
        assertEstimate(lift.difference(), value, error, degrees);
        assertThat(lift.treatment().value() - lift.control().value()).isCloseTo(value, EXACT);
    }

    private static void assertEstimate(Estimate estimate, double value, double error, double degrees) {
        assertThat(estimate.value()).isCloseTo(value, EXACT);
        assertThat(estimate.standardError()).isCloseTo(error, EXACT);
        assertThat(estimate.degreesOfFreedom()).isCloseTo(degrees, within(1e-9));
    }
}
