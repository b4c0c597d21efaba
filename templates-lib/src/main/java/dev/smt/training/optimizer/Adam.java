package dev.smt.training.optimizer;

/**
 * Adam (Kingma, Ba 2015), with weight decay as an L2 penalty, or decoupled (AdamW; Loshchilov, Hutter 2019, Algorithm 2).
 */
final class Adam implements DenseOptimizer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final float[] first;
    private final float[] second;
    private final float[] decayed;
    private final double decay;
    private final float penalty;
    private long step;

    /**
     * A new optimizer.
     *
     * @param decayed 1 for each parameter that decays, 0 for the others
     * @param weightDecay lambda
     * @param decoupled AdamW
     */
    Adam(float[] decayed, double weightDecay, boolean decoupled) {
        this.first = new float[decayed.length];
        this.second = new float[decayed.length];
        this.decayed = decayed;
        this.decay = decoupled ? weightDecay : 0;
        this.penalty = decoupled ? 0 : (float) weightDecay;
    }

    @Override
    public long stateBytes() {
        return (long) Float.BYTES * (first.length + second.length + decayed.length);
    }

    @Override
    public void update(float[] parameters, float[] gradient, double learningRate) {
        step++;
        float beta1 = (float) BETA1;
        float beta2 = (float) BETA2;
        float size = (float) (learningRate / (1 - Math.pow(BETA1, step)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, step)));
        float shrink = (float) (learningRate * decay);
        for (int i = 0; i < parameters.length; i++) {
            float decaying = decayed[i] * parameters[i];
            float g = gradient[i] + penalty * decaying;
            float m = beta1 * first[i] + (1 - beta1) * g;
            float v = beta2 * second[i] + (1 - beta2) * g * g;
            first[i] = m;
            second[i] = v;
            parameters[i] -= shrink * decaying + size * m / ((float) Math.sqrt(v) * correction + EPSILON);
        }
    }
}
