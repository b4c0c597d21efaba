package dev.smt.training;

import dev.smt.data.LabelTransform;
import dev.smt.data.LabelTransform.Log1p;
import java.util.Optional;

/**
 * Half the squared error of a number, standardized on the training rows after its transform; evaluation takes the
 * squared error of the label as it is.
 *
 * @param transform of the label in training
 * @param mean of the transformed label over the training rows
 * @param deviation its standard deviation, above 0
 * @param variance of the label as it is
 * @param smearing what 1 + the prediction is multiplied by, above 0, where the transform is log1p, else 1: e to the mean of
 *     logarithms is near the median, below the mean (Duan 1983, Smearing Estimate, JASA 78)
 */
record AmountLoss(Optional<LabelTransform> transform, double mean, double deviation, double variance, double smearing)
        implements EventLoss {

    /** A loss whose predictions are not smeared. */
    AmountLoss(Optional<LabelTransform> transform, double mean, double deviation, double variance) {
        this(transform, mean, deviation, variance, 1);
    }

    /** Whether the transform's inverse of a mean is not the mean, so that predictions want smearing. */
    boolean isLogarithmic() {
        return transform.orElse(null) instanceof Log1p;
    }

    /** A copy with another factor. */
    AmountLoss with(double factor) {
        return new AmountLoss(transform, mean, deviation, variance, factor);
    }

    @Override
    public float target(float label) {
        float value = transform.map(change -> change.apply(label, 0)).orElse(label);
        return (float) ((value - mean) / deviation);
    }

    @Override
    public double gradient(float[] outputs, int at, float target, double factor, float[] gradient) {
        double error = outputs[at] - target;
        gradient[at] = (float) (factor * error);
        return error * error / 2;
    }

    @Override
    public double prediction(float[] outputs, int at) {
        // In the exponent, so that a factor of 1 changes no bit.
        double value = mean + deviation * outputs[at] + Math.log(smearing);
        return transform.map(change -> change.invert(value)).orElse(value);
    }

    @Override
    public double evaluation(float[] outputs, int at, float label) {
        double error = prediction(outputs, at) - label;
        return error * error;
    }

    @Override
    public double constantLoss() {
        return variance;
    }

    @Override
    public float[] initialBiases() {
        return new float[] {0};
    }
}
