package dev.smt.experiment;

import java.util.Optional;

/**
 * The difference of two means: absolute, and relative to the control's.
 *
 * @param treatment the arm's mean
 * @param control the control's mean
 * @param difference treatment - control; Welch's degrees of freedom
 * @param relative difference / |control|, a ratio; empty where the control's mean can't be told from 0
 */
public record Lift(Estimate treatment, Estimate control, Estimate difference, Optional<Estimate> relative) {

    /**
     * The lift of independent means.
     *
     * @param level at which the control's mean must differ from 0 for a relative lift
     */
    static Lift between(Estimate treatment, Estimate control, double level) {
        Estimate difference = independent(treatment.value() - control.value(), treatment, control);
        Optional<Estimate> relative = Optional.empty();
        if (!control.interval(level).contains(0)) {
            double scale = Math.abs(control.value());
            // Delta method: the change of t / c is dt / c - t dc / c^2.
            relative = Optional.of(independent(
                    difference.value() / scale,
                    treatment.times(1 / scale),
                    control.times(treatment.value() / (scale * scale))));
        }
        return new Lift(treatment, control, difference, relative);
    }

    /** A value with the variance of the sum of two independent estimates, and Welch's degrees of freedom (Welch 1947). */
    private static Estimate independent(double value, Estimate one, Estimate other) {
        double first = one.standardError() * one.standardError();
        double second = other.standardError() * other.standardError();
        double variance = first + second;
        double degrees = variance == 0
                ? one.degreesOfFreedom() + other.degreesOfFreedom()
                : variance
                        * variance
                        / (first * first / one.degreesOfFreedom() + second * second / other.degreesOfFreedom());
        return new Estimate(value, Math.sqrt(variance), degrees);
    }
}
