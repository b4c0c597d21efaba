package dev.smt.decision;

/**
 * What the replicates of one model say of the technique's true effect on it.
 *
 * @param modelId the model
 * @param mean of the deltas, in percent NE
 * @param rowError standard error from the evaluation rows, which all replicates share, in percent NE
 * @param seedDeviation standard deviation of one training's delta from seed to seed, in percent NE
 * @param seedDegrees degrees of freedom that this deviation was measured with; 0: it is the prior's
 * @param replicates how many deltas the mean is of
 */
public record EffectEstimate(
        String modelId, double mean, double rowError, double seedDeviation, int seedDegrees, int replicates) {
    /** @throws IllegalArgumentException when a number is not finite, an error negative, or there is no replicate */
    public EffectEstimate {
        if (!Double.isFinite(mean) || !(rowError >= 0) || !(seedDeviation >= 0) || seedDegrees < 0 || replicates < 1) {
            throw new IllegalArgumentException("model " + modelId + ": mean " + mean + ", row error " + rowError
                    + ", seed deviation " + seedDeviation + " of " + seedDegrees
                    + " degrees of freedom, " + replicates
                    + " replicates; allowed: a finite mean, errors and degrees of 0 or more, 1 or more replicates");
        }
    }

    /** Standard error of the mean, in percent NE. */
    public double standardError() {
        return standardError(1);
    }

    /** The same if the training's variance is so many times the estimated one. */
    double standardError(double seedFactor) {
        return Math.sqrt(rowError * rowError + seedFactor * seedDeviation * seedDeviation / replicates);
    }

    /** The same mean, known from other numbers of replicates, and of so many times the rows. */
    EffectEstimate with(int otherReplicates, int otherDegrees, double rowsFactor) {
        return new EffectEstimate(
                modelId, mean, rowError / Math.sqrt(rowsFactor), seedDeviation, otherDegrees, otherReplicates);
    }
}
