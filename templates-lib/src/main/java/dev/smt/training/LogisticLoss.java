package dev.smt.training;

/** The log loss of logits, in nats, and its gradient; in double precision and without overflow. */
final class LogisticLoss {
    private LogisticLoss() {}

    /** The loss of one logit for a target in [0, 1]: -y ln p - (1 - y) ln(1 - p). */
    static double of(double logit, double target) {
        return Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
    }

    static double sigmoid(double logit) {
        double e = Math.exp(-Math.abs(logit));
        return logit >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
