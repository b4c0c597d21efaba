package dev.smt.training;

import dev.smt.data.LabelTransform;
import java.util.Optional;

/**
 * Half the squared error of a number, standardized on the training rows after its transform; evaluation takes the
 * squared error of the label as it is.
 *
 * @param transform of the label in training
 * @param mean of the transformed label over the training rows
 * @param deviation its standard deviation, above 0
 * @param variance of the label as it is
 */
record AmountLoss(Optional<LabelTransform> transform, double mean, double deviation, double variance)
        implements EventLoss {

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
        double value = mean + deviation * outputs[at];
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
