package dev.smt.training;

/** What a training minimizes: the loss of a batch's logits, and its gradient. */
interface TrainingLoss {
    /**
     * The mean over a batch of weight times loss; its gradient by the logits goes to {@code gradient}.
     *
     * @param targets in [0, 1]
     * @param count B; the arrays may be longer
     */
    double batch(float[] logits, float[] targets, float[] weights, int count, float[] gradient);

    static TrainingLoss of(LossTemplate template) {
        return template.focalGamma() == 0 && template.positiveWeight() == 1
                ? LogisticLoss::batch
                : new FocalLoss(template.focalGamma(), template.positiveWeight());
    }

    /** The mean loss of giving all rows of equal weight the same logit, where this share of them is positive. */
    default double constant(double logit, double positiveShare) {
        float[] positive = {(float) positiveShare, (float) (1 - positiveShare)};
        return 2 * batch(new float[] {(float) logit, (float) logit}, new float[] {1, 0}, positive, 2, new float[2]);
    }
}
