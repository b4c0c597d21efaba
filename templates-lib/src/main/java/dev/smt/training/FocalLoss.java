package dev.smt.training;

/**
 * The focal loss (Lin et al. 2017, equation 5) in nats, in double precision and without overflow. With p the sigmoid of
 * the logit and y the target in [0, 1] it is -w y (1 - p)^gamma ln p - (1 - y) p^gamma ln(1 - p). Without gamma it is
 * log loss with a positive weight.
 *
 * @param gamma 0 or more
 * @param positiveWeight w, above 0
 */
record FocalLoss(double gamma, double positiveWeight) {
    /** From here on p or 1 - p is 1 to the last bit, and its logarithm minus the other. */
    private static final double FAR = 40;

    static FocalLoss of(LossTemplate template) {
        return new FocalLoss(template.focalGamma(), template.positiveWeight());
    }

    /** Whether it is log loss, without more. */
    private boolean isLogLoss() {
        return gamma == 0 && positiveWeight == 1;
    }

    /** The loss of one logit. */
    double of(double logit, double target) {
        if (isLogLoss()) {
            return LogisticLoss.of(logit, target);
        }
        double logP = -LogisticLoss.of(logit, 1);
        double logQ = -LogisticLoss.of(logit, 0);
        return -positiveWeight * target * Math.exp(gamma * logQ) * logP - (1 - target) * Math.exp(gamma * logP) * logQ;
    }

    /** Its derivative by the logit. */
    double derivative(double logit, double target) {
        if (isLogLoss()) {
            return LogisticLoss.sigmoid(logit) - target;
        }
        double p = LogisticLoss.sigmoid(logit);
        double q = LogisticLoss.sigmoid(-logit);
        double logP = -LogisticLoss.of(logit, 1);
        double logQ = -LogisticLoss.of(logit, 0);
        return positiveWeight * target * Math.exp(gamma * logQ) * (gamma * p * logP - q)
                + (1 - target) * Math.exp(gamma * logP) * (p - gamma * q * logQ);
    }

    /**
     * The log odds of the label where a logit minimizes the expected loss: there eta * w * (1 - p)^gamma * (1 - p - gamma *
     * p * ln p) = (1 - eta) * p^gamma * (p - gamma * (1 - p) * ln(1 - p)), eta being the label's probability
     * (Charoenphakdee et al. 2021, arXiv 2011.09172, solve the same for several classes). Without gamma: logit - ln w.
     */
    double logOdds(double logit) {
        double shift = Math.log(positiveWeight);
        if (gamma == 0) {
            return logit - shift;
        }
        if (Math.abs(logit) > FAR) {
            return (gamma + 1) * logit - Math.copySign(Math.log1p(gamma), logit) - shift;
        }
        double p = LogisticLoss.sigmoid(logit);
        double q = LogisticLoss.sigmoid(-logit);
        double positive = p + gamma * q * LogisticLoss.of(logit, 0);
        double negative = q + gamma * p * LogisticLoss.of(logit, 1);
        return gamma * logit + Math.log(positive / negative) - shift;
    }
}
