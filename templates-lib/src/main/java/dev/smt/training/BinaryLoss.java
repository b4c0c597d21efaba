package dev.smt.training;

/**
 * The log loss of a 0/1 label.
 *
 * @param baseRate share of positives of the training rows, before any were left out
 * @param keptRate weighted share of positives of the rows that are trained on
 * @param oddsFactor the odds that the outputs say, times this, are those of the rows as they are
 * @param smoothing s: the label y is trained as y * (1 - s) + s / 2
 */
record BinaryLoss(double baseRate, double keptRate, double oddsFactor, double smoothing) implements EventLoss {

    @Override
    public float target(float label) {
        return label * (1 - (float) smoothing) + (float) smoothing / 2;
    }

    @Override
    public double gradient(float[] outputs, int at, float target, double factor, float[] gradient) {
        gradient[at] = (float) (factor * (LogisticLoss.sigmoid(outputs[at]) - target));
        return LogisticLoss.of(outputs[at], target);
    }

    @Override
    public double prediction(float[] outputs, int at) {
        return LogisticLoss.sigmoid(calibrated(outputs[at]));
    }

    @Override
    public double evaluation(float[] outputs, int at, float label) {
        return LogisticLoss.of(calibrated(outputs[at]), label);
    }

    /** The logit for the rows as they are. */
    float calibrated(float logit) {
        return logit + (float) Math.log(oddsFactor);
    }

    /** The entropy of the base rate, in nats. */
    @Override
    public double constantLoss() {
        return -baseRate * Math.log(baseRate) - (1 - baseRate) * Math.log(1 - baseRate);
    }

    @Override
    public float[] initialBiases() {
        return new float[] {(float) Math.log(keptRate / (1 - keptRate))};
    }
}
