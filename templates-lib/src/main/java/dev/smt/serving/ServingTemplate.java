package dev.smt.serving;

import java.io.Serializable;

/**
 * How a template's models are served (paper, section 3.2.1).
 *
 * @param capacityTolerance a model is capacity-neutral when its FLOPs are at most the baseline's times (1 + this)
 */
public record ServingTemplate(double capacityTolerance) implements Serializable {
    public static final double DEFAULT_CAPACITY_TOLERANCE = 0.02;

    public ServingTemplate {
        if (!(capacityTolerance >= 0) || Double.isInfinite(capacityTolerance)) {
            throw new IllegalArgumentException("capacity tolerance is " + capacityTolerance + "; allowed: 0 or more");
        }
    }
}
