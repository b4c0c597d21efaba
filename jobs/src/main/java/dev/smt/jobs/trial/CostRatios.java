package dev.smt.jobs.trial;

import dev.smt.serving.ServingCost;

/**
 * A model's serving cost beside its baseline's.
 *
 * @param flops inference FLOPs / the baseline's
 * @param bytes parameter bytes / the baseline's
 */
public record CostRatios(double flops, double bytes) {
    /** Of a model that can't be made. */
    public static final CostRatios UNKNOWN = new CostRatios(1, 1);

    static CostRatios of(ServingCost cost, ServingCost base) {
        return new CostRatios(cost.flops() / base.flops(), cost.parameterBytes() / base.parameterBytes());
    }
}
