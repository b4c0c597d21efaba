package dev.smt.experiment;

import java.util.Objects;
import java.util.Optional;

/**
 * What the data say about one arm against the control.
 *
 * @param arm the arm
 * @param level of its intervals, after the correction for several arms
 * @param plain the lift of the metric
 * @param adjusted the lift of the metric without what the covariate explains (CUPED); empty without a covariate
 * @param finding by the adjusted lift where there is one, else by the plain one
 */
public record ArmFinding(Arm arm, double level, Lift plain, Optional<Lift> adjusted, Finding finding) {
    /** The power at which smallest detectable effects are stated. */
    public static final double POWER = 0.8;

    public ArmFinding {
        Objects.requireNonNull(arm, "arm");
        Objects.requireNonNull(finding, "finding");
    }

    /** The lift that decides. */
    public Lift decisive() {
        return adjusted.orElse(plain);
    }

    /** 1 - (standard error after / before CUPED) squared; empty without a covariate, or where nothing varies. */
    public Optional<Double> varianceReduction() {
        double before = plain.difference().standardError();
        return adjusted.filter(lift -> before > 0)
                .map(lift -> 1 - Math.pow(lift.difference().standardError() / before, 2));
    }
}
