package dev.smt.experiment;

import java.util.Optional;

/**
 * The target policy's value by one estimator.
 *
 * @param estimator how
 * @param value mean reward per row
 * @param difference against the logging policy's value, on the same rows
 * @param relative difference / |the logging policy's value|, a ratio; empty where that value can't be told from 0
 * @param clippingBias what clipping adds to the value, estimated from the clipped rows; 0 without clipping
 */
public record PolicyValue(
        Estimator estimator, Estimate value, Estimate difference, Optional<Estimate> relative, double clippingBias) {}
