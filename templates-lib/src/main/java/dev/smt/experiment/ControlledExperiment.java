package dev.smt.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Arms against a control.
 *
 * @param control the arm that the others are compared with
 * @param sampleRatio whether the arms have as many units as was planned
 * @param adjustment CUPED; empty without a covariate
 * @param findings one per other arm, in the order given
 */
public record ControlledExperiment(
        Arm control, SampleRatio sampleRatio, Optional<CovariateAdjustment> adjustment, List<ArmFinding> findings) {
    public ControlledExperiment {
        Objects.requireNonNull(control, "control");
        findings = List.copyOf(findings);
    }

    /**
     * Evaluates an experiment. With k arms against the control the intervals have the level 1 - (1 - level) / k
     * (Bonferroni), so that all hold together.
     *
     * @param arms two or more, with different names; all or none with a covariate
     * @param control the name of the control
     * @param shares planned per arm, above 0; empty: equal
     * @param level of the intervals, above 0, below 1
     */
    public static ControlledExperiment of(
            List<Arm> arms, String control, SortedMap<String, Double> shares, double level) {
        requireUsable(arms, control, level);
        SampleRatio ratio = sampleRatio(arms, shares);
        boolean covariates = arms.stream().anyMatch(Arm::hasCovariate);
        Optional<CovariateAdjustment> adjustment =
                covariates ? Optional.of(CovariateAdjustment.of(arms)) : Optional.empty();
        Arm base = arms.stream()
                .filter(arm -> arm.name().equals(control))
                .findFirst()
                .orElseThrow();
        double each = 1 - (1 - level) / (arms.size() - 1);
        List<ArmFinding> findings = arms.stream()
                .filter(arm -> arm != base)
                .map(arm -> finding(arm, base, adjustment, each, ratio))
                .toList();
        return new ControlledExperiment(base, ratio, adjustment, findings);
    }

    private static void requireUsable(List<Arm> arms, String control, double level) {
        List<String> names = arms.stream().map(Arm::name).toList();
        if (names.size() < 2 || names.stream().distinct().count() < names.size() || !names.contains(control)) {
            throw new IllegalArgumentException("arms are " + names + " and the control is \"" + control
                    + "\"; allowed: two arms or more with different names, the control among them");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level is " + level + "; allowed: above 0, below 1");
        }
    }

    private static SampleRatio sampleRatio(List<Arm> arms, SortedMap<String, Double> shares) {
        SortedMap<String, Long> units = new TreeMap<>(arms.stream().collect(Collectors.toMap(Arm::name, Arm::units)));
        SortedMap<String, Double> planned = new TreeMap<>(shares);
        if (planned.isEmpty()) {
            units.keySet().forEach(arm -> planned.put(arm, 1.0));
        }
        return SampleRatio.of(units, planned);
    }

    private static ArmFinding finding(
            Arm arm, Arm base, Optional<CovariateAdjustment> adjustment, double level, SampleRatio ratio) {
        Lift plain = Lift.between(arm.mean(), base.mean(), level);
        Optional<Lift> adjusted = adjustment.map(cuped -> Lift.between(
                arm.adjustedMean(cuped.theta(), cuped.center()),
                base.adjustedMean(cuped.theta(), cuped.center()),
                level));
        List<String> doubts = new ArrayList<>();
        if (ratio.mismatch()) {
            doubts.add("sample ratio mismatch: units are missing from an arm, and not by chance");
        }
        Finding finding = Finding.of(adjusted.orElse(plain).difference(), level, doubts);
        return new ArmFinding(arm, level, plain, adjusted, finding);
    }
}
