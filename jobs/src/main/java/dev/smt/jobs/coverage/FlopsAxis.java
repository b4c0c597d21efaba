package dev.smt.jobs.coverage;

import java.util.stream.DoubleStream;

/**
 * A logarithmic axis of whole decades of FLOPs.
 *
 * @param low exponent of ten at its left end
 * @param high exponent at its right end, above the left one
 */
record FlopsAxis(int low, int high) {
    /** All models and all ends of bands, with half a decade or more around them. */
    static FlopsAxis of(FleetCoverage coverage) {
        double[] exponents = DoubleStream.concat(
                        coverage.assignments().stream()
                                .mapToDouble(assignment -> assignment.model().flops()),
                        coverage.bands().bands().stream()
                                .flatMapToDouble(band -> DoubleStream.of(band.flopsFrom(), band.flopsTo())))
                .filter(flops -> flops > 0 && Double.isFinite(flops))
                .map(Math::log10)
                .toArray();
        double low = DoubleStream.of(exponents).min().orElse(1);
        double high = DoubleStream.of(exponents).max().orElse(10);
        return new FlopsAxis((int) Math.floor(low - 0.5), (int) Math.ceil(high + 0.5));
    }

    int decades() {
        return high - low;
    }

    /** The place of a number on the axis, from 0 to 1; beyond its ends, the end. */
    double place(double flops) {
        return Math.min(1, Math.max(0, (Math.log10(flops) - low) / decades()));
    }
}
