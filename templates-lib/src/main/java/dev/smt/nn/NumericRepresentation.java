package dev.smt.nn;

import java.io.Serializable;
import java.util.Objects;

/**
 * How numeric features become vectors. Whatever the kind, each number's first-order term goes straight into the logit.
 *
 * @param kind the module
 * @param bins T of {@link Kind#QUANTILE} and {@link Kind#PIECEWISE_LINEAR}: most bins of a number, 2 or more
 * @param frequencies k of {@link Kind#PERIODIC}: frequencies of a number, 1 or more
 * @param frequencyScale of {@link Kind#PERIODIC}: standard deviation of the initial frequencies, above 0
 */
public record NumericRepresentation(Kind kind, int bins, int frequencies, double frequencyScale)
        implements Serializable {
    public static final NumericRepresentation PLAIN = new NumericRepresentation(Kind.STANDARDIZED, 16, 16, 0.1);

    /** The modules. */
    public enum Kind {
        /** One perceptron makes one vector of all standardized numbers (DLRM, Naumov et al. 2019). */
        STANDARDIZED,
        /** The same, of sign(x) ln(1 + |x|) of the raw numbers x, standardized on the training rows. */
        LOG,
        /** One vector per number: that of the bin between two quantiles of the training rows in which it is. */
        QUANTILE,
        /** One vector per number: trained frequencies, sine and cosine, a linear layer (Gorishniy et al. 2022, 3.3). */
        PERIODIC,
        /** One vector per number: piecewise-linear encoding in bins between quantiles, a linear layer (the same, 3.2). */
        PIECEWISE_LINEAR;

        /** Whether all numbers of a tower become one vector together. */
        public boolean isJoint() {
            return this == STANDARDIZED || this == LOG;
        }

        /** Whether the number of bins counts. */
        public boolean hasBins() {
            return this == QUANTILE || this == PIECEWISE_LINEAR;
        }
    }

    public NumericRepresentation {
        Objects.requireNonNull(kind, "kind");
        if (bins < 2 || frequencies < 1 || !(frequencyScale > 0) || Double.isInfinite(frequencyScale)) {
            throw new IllegalArgumentException("numeric representation has " + bins + " bins and " + frequencies
                    + " frequencies of scale " + frequencyScale
                    + "; allowed: 2 bins or more, 1 frequency or more, a scale above 0");
        }
    }

    /** With the plain values of what the kind doesn't use. */
    NumericRepresentation ofKind() {
        return new NumericRepresentation(
                kind,
                kind.hasBins() ? bins : PLAIN.bins,
                kind == Kind.PERIODIC ? frequencies : PLAIN.frequencies,
                kind == Kind.PERIODIC ? frequencyScale : PLAIN.frequencyScale);
    }
}
