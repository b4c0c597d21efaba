package dev.smt.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a template's models minimize. Focal loss and positive weight are those of 0/1 labels; amounts and levels keep their own
 * losses. Predictions are probabilities of the rows as they are, whatever is set here.
 *
 * @param focalGamma of the focal loss (Lin et al. 2017), 0 or more; 0: log loss
 * @param positiveWeight a positive counts this much in the loss, above 0
 * @param divergenceFactor after the warm-up the training fails where the smoothed loss is above this many times the loss of
 *     always predicting the base rate (for log loss: the base rate's entropy); 0: it fails only where the loss is not finite
 */
public record LossTemplate(double focalGamma, double positiveWeight, double divergenceFactor) implements Serializable {
    /** Log loss. */
    public static final LossTemplate DEFAULT = new LossTemplate(0, 1, 0);

    public LossTemplate {
        List<String> problems = new ArrayList<>();
        if (!(focalGamma >= 0 && focalGamma < Double.POSITIVE_INFINITY)) {
            problems.add("focal-gamma is " + focalGamma + "; allowed: 0 (log loss) or more");
        }
        if (!(positiveWeight > 0 && positiveWeight < Double.POSITIVE_INFINITY)) {
            problems.add("positive-weight is " + positiveWeight + "; allowed: above 0");
        }
        if (!(divergenceFactor == 0 || divergenceFactor > 1 && divergenceFactor < Double.POSITIVE_INFINITY)) {
            problems.add("divergence-factor is " + divergenceFactor + "; allowed: 0 (off) or above 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    public LossTemplate withFocalGamma(double value) {
        return new LossTemplate(value, positiveWeight, divergenceFactor);
    }

    public LossTemplate withPositiveWeight(double value) {
        return new LossTemplate(focalGamma, value, divergenceFactor);
    }

    public LossTemplate withDivergenceFactor(double value) {
        return new LossTemplate(focalGamma, positiveWeight, value);
    }
}
