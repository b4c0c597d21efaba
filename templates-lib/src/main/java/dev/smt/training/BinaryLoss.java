package dev.smt.training;

/**
 * The log loss of a 0/1 label, or its focal loss. What that, weighing positives and leaving out negatives do to a model that
 * minimizes its expected loss has a closed form, which predictions undo; what label smoothing does is not undone. Platt
 * scaling comes last.
 *
 * @param baseRate share of positives of the training rows, before any were left out
 * @param keptRate weighted share of positives of the rows that are trained on
 * @param oddsFactor the odds that the outputs say, times this, are those of the rows as they are
 * @param smoothing s: the label y is trained as y * (1 - s) + s / 2
 * @param focal what training minimizes
 * @param scaling of the log odds, fitted after the training
 */
record BinaryLoss(
        double baseRate, double keptRate, double oddsFactor, double smoothing, FocalLoss focal, PlattScaling scaling)
        implements EventLoss {

    /** Log loss, without Platt scaling. */
    BinaryLoss(double baseRate, double keptRate, double oddsFactor, double smoothing) {
        this(baseRate, keptRate, oddsFactor, smoothing, new FocalLoss(0, 1), PlattScaling.IDENTITY);
    }

    BinaryLoss with(PlattScaling value) {
        return new BinaryLoss(baseRate, keptRate, oddsFactor, smoothing, focal, value);
    }

    @Override
    public float target(float label) {
        return label * (1 - (float) smoothing) + (float) smoothing / 2;
    }

    @Override
    public double gradient(float[] outputs, int at, float target, double factor, float[] gradient) {
        gradient[at] = (float) (factor * focal.derivative(outputs[at], target));
        return focal.of(outputs[at], target);
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
        float logOdds = (float) focal.logOdds(logit) + (float) Math.log(oddsFactor);
        return scaling.equals(PlattScaling.IDENTITY) ? logOdds : (float) scaling.apply(logOdds);
    }

    /** The entropy of the base rate, in nats. */
    @Override
    public double constantLoss() {
        return -baseRate * Math.log(baseRate) - (1 - baseRate) * Math.log(1 - baseRate);
    }

    @Override
    public float[] initialBiases() {
        // The odds at which the positives, as they are weighed, are as heavy as the negatives.
        return new float[] {(float) (Math.log(keptRate / (1 - keptRate)) + Math.log(focal.positiveWeight()))};
    }
}
