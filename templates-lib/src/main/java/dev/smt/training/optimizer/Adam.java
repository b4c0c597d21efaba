package dev.smt.training;

/** Adam (Kingma, Ba 2015) with decoupled weight decay (AdamW; Loshchilov, Hutter 2019, Algorithm 2) over flat arrays. */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final float[] first;
    private final float[] second;
    private final float[] decayed;
    private final double weightDecay;
    private long step;

    /**
     * A new optimizer.
     *
     * @param decayed 1 for each parameter that decays, 0 for the others
     * @param weightDecay lambda
     */
    Adam(float[] decayed, double weightDecay) {
        this.first = new float[decayed.length];
        this.second = new float[decayed.length];
        this.decayed = decayed;
        this.weightDecay = weightDecay;
    }

    /** Moves the parameters against the gradient. */
    void update(float[] parameters, float[] gradient, double learningRate) {
        step++;
        float beta1 = (float) BETA1;
        float beta2 = (float) BETA2;
        float size = (float) (learningRate / (1 - Math.pow(BETA1, step)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, step)));
        float shrink = (float) (learningRate * weightDecay);
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i];
            float m = beta1 * first[i] + (1 - beta1) * g;
            float v = beta2 * second[i] + (1 - beta2) * g * g;
            first[i] = m;
            second[i] = v;
            parameters[i] -=
                    shrink * decayed[i] * parameters[i] + size * m / ((float) Math.sqrt(v) * correction + EPSILON);
        }
    }
}
