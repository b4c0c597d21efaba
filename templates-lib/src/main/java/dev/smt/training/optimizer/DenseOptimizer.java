package dev.smt.training.optimizer;

/** Moves the dense parameters, which lie in one flat array. Has state: belongs to one training. */
public interface DenseOptimizer {
    /** Keeps a step finite where a gradient is 0. */
    float EPSILON = 1e-8f;

    /**
     * Moves the parameters against the gradient.
     *
     * @param parameters as long as the gradient, and the same at every step
     */
    void update(float[] parameters, float[] gradient, double learningRate);

    /** Bytes of all that it keeps from step to step. */
    long stateBytes();

    /** The optimizers by name. */
    enum Kind {
        /** {@link Adam} with decoupled weight decay. */
        ADAMW,
        /** {@link Adam} with the weight decay in the gradient. */
        ADAM,
        /** {@link AdaGrad}. */
        ADAGRAD,
        /** {@link MomentumDescent}. */
        SGD
    }

    /**
     * The optimizer of a template.
     *
     * @param decayed 1 for each parameter that decays, 0 for the others
     * @param weightDecay lambda. AdamW: decoupled from the gradient, p -= rate * lambda * p. All others: the gradient of
     *     an L2 penalty, g += lambda * p
     */
    static DenseOptimizer of(OptimizerTemplate template, float[] decayed, double weightDecay) {
        return switch (template.dense()) {
            case ADAMW -> new Adam(decayed, weightDecay, true);
            case ADAM -> new Adam(decayed, weightDecay, false);
            case ADAGRAD -> new AdaGrad(decayed, weightDecay);
            case SGD -> new MomentumDescent(decayed, weightDecay, template.momentum());
        };
    }
}
