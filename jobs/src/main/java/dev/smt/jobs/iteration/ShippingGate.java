package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.serving.ServingCost;
import java.util.Locale;
import java.util.Optional;

/**
 * The strict, shippable performance criteria (paper, section 3.2): a rebuilt model ships when it does not regress
 * against its production baseline and its serving cost is within bounds.
 *
 * @param alpha regression threshold, percent NE
 * @param resistThreshold a larger loss than this is resistance, percent NE
 * @param capacityTolerance FLOPs may be the baseline's times (1 + this); infinite: not limited
 */
public record ShippingGate(double alpha, double resistThreshold, double capacityTolerance) {

    /** What becomes of a model, and why. */
    public record Verdict(String outcome, String reason) {}

    /**
     * Judges a model.
     *
     * @param result against its production baseline
     */
    public Verdict judge(FleetModel model, PairedResult result, Baseline baseline) {
        if (result.delta().failed()) {
            return new Verdict(
                    ModelIterationRow.RESISTED,
                    "training failed: " + result.reason().orElse("no reason"));
        }
        double delta = result.delta().delta();
        String numbers = String.format(Locale.ROOT, "NE delta %+.3f %%", delta);
        if (delta < -resistThreshold) {
            return new Verdict(ModelIterationRow.RESISTED, numbers + ", a loss above " + resistThreshold + " %");
        }
        if (delta < -alpha) {
            return new Verdict(ModelIterationRow.KEPT_BASELINE, numbers + " is below -" + alpha + " %");
        }
        return overCapacity(model, result.flopsRatio() * baseline.cost().flops(), result.flopsRatio())
                .map(reason -> new Verdict(ModelIterationRow.KEPT_BASELINE, reason))
                .orElse(new Verdict(ModelIterationRow.SHIPPED, numbers));
    }

    /**
     * Why a model would cost too much to serve; empty where it would not. Known without training it.
     *
     * @param cost of the model
     * @param baseline what its baseline costs
     */
    public Optional<String> overCapacity(FleetModel model, ServingCost cost, ServingCost baseline) {
        return overCapacity(model, cost.flops(), cost.flops() / baseline.flops());
    }

    private Optional<String> overCapacity(FleetModel model, double flops, double ratio) {
        if (flops > model.flopsBudget()) {
            return Optional.of(
                    String.format(Locale.ROOT, "%.0f FLOPs are above the budget of %.0f", flops, model.flopsBudget()));
        }
        return ratio <= 1 + capacityTolerance
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%.2f x the baseline's FLOPs is not capacity-neutral (allowed %.2f)",
                        ratio,
                        1 + capacityTolerance));
    }
}
