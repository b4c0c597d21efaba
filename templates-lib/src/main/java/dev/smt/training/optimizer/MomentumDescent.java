package dev.smt.training.optimizer;

/**
 * Stochastic gradient descent with momentum (Polyak 1964, as in Sutskever et al. 2013, section 2, with the learning rate
 * outside the velocity): v = momentum * v + g, p -= rate * v. Without momentum it is plain gradient descent.
 */
final class MomentumDescent implements DenseOptimizer {
    private final float[] velocity;
    private final float[] decayed;
    private final float penalty;
    private final float momentum;

    MomentumDescent(float[] decayed, double weightDecay, double momentum) {
        this.velocity = new float[decayed.length];
        this.decayed = decayed;
        this.penalty = (float) weightDecay;
        this.momentum = (float) momentum;
    }

    @Override
    public long stateBytes() {
        return (long) Float.BYTES * (velocity.length + decayed.length);
    }

    @Override
    public void update(float[] parameters, float[] gradient, double learningRate) {
        float rate = (float) learningRate;
        for (int i = 0; i < parameters.length; i++) {
            float v = momentum * velocity[i] + (gradient[i] + penalty * decayed[i] * parameters[i]);
            velocity[i] = v;
            parameters[i] -= rate * v;
        }
    }
}
