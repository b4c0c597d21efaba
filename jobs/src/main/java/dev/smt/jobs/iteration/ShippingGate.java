package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import java.util.Locale;

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
        double flops = result.flopsRatio() * baseline.cost().flops();
        String numbers = String.format(Locale.ROOT, "NE delta %+.3f %%", delta);
        if (delta < -resistThreshold) {
            return new Verdict(ModelIterationRow.RESISTED, numbers + ", a loss above " + resistThreshold + " %");
        }
        if (delta < -alpha) {
            return new Verdict(ModelIterationRow.KEPT_BASELINE, numbers + " is below -" + alpha + " %");
        }
        if (flops > model.flopsBudget()) {
            return new Verdict(
                    ModelIterationRow.KEPT_BASELINE,
                    String.format(Locale.ROOT, "%.0f FLOPs are above the budget of %.0f", flops, model.flopsBudget()));
        }
        if (result.flopsRatio() > 1 + capacityTolerance) {
            return new Verdict(
                    ModelIterationRow.KEPT_BASELINE,
                    String.format(
                            Locale.ROOT,
                            "%.2f x the baseline's FLOPs is not capacity-neutral (allowed %.2f)",
                            result.flopsRatio(),
                            1 + capacityTolerance));
        }
        return new Verdict(ModelIterationRow.SHIPPED, numbers);
    }
}
