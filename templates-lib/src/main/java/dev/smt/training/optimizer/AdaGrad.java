package dev.smt.training.optimizer;

/** AdaGrad (Duchi, Hazan, Singer 2011) with a diagonal matrix: G += g * g, p -= rate * g / sqrt(G). */
final class AdaGrad implements DenseOptimizer {
    private final float[] squares;
    private final float[] decayed;
    private final float penalty;

    AdaGrad(float[] decayed, double weightDecay) {
        this.squares = new float[decayed.length];
        this.decayed = decayed;
        this.penalty = (float) weightDecay;
    }

    @Override
    public long stateBytes() {
        return (long) Float.BYTES * (squares.length + decayed.length);
    }

    @Override
    public void update(float[] parameters, float[] gradient, double learningRate) {
        float rate = (float) learningRate;
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i] + penalty * decayed[i] * parameters[i];
            float sum = squares[i] + g * g;
            squares[i] = sum;
            parameters[i] -= rate * g / ((float) Math.sqrt(sum) + EPSILON);
        }
    }
}
