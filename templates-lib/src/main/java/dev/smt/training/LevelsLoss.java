package dev.smt.training;

/**
 * Ordered levels 0 to K - 1 by K - 1 outputs, the logits of "above level k", which share all but their biases (CORAL; Cao,
 * Mirjalili, Raschka 2020, Eq. 1 and 4). Training sums their log losses; evaluation takes the log loss of the level's
 * probability.
 *
 * @param shares share of the training rows at each level [K], none 0
 */
record LevelsLoss(double[] shares) implements EventLoss {
    /** Biases may cross while they learn: no level gets a probability below this. */
    private static final double LEAST = 1e-7;

    @Override
    public float target(float label) {
        return label;
    }

    @Override
    public double gradient(float[] outputs, int at, float target, double factor, float[] gradient) {
        double loss = 0;
        for (int k = 0; k < shares.length - 1; k++) {
            float above = target > k ? 1 : 0;
            gradient[at + k] = (float) (factor * (LogisticLoss.sigmoid(outputs[at + k]) - above));
            loss += LogisticLoss.of(outputs[at + k], above);
        }
        return loss;
    }

    /** The sum of the probabilities of being above each level. */
    @Override
    public double prediction(float[] outputs, int at) {
        double expected = 0;
        for (int k = 0; k < shares.length - 1; k++) {
            expected += LogisticLoss.sigmoid(outputs[at + k]);
        }
        return expected;
    }

    @Override
    public double evaluation(float[] outputs, int at, float label) {
        int level = (int) label;
        double atLeast = level == 0 ? 1 : LogisticLoss.sigmoid(outputs[at + level - 1]);
        double above = level == shares.length - 1 ? 0 : LogisticLoss.sigmoid(outputs[at + level]);
        return -Math.log(Math.max(LEAST, atLeast - above));
    }

    @Override
    public double constantLoss() {
        double entropy = 0;
        for (double share : shares) {
            entropy -= share * Math.log(share);
        }
        return entropy;
    }

    @Override
    public float[] initialBiases() {
        float[] biases = new float[shares.length - 1];
        double above = 1;
        for (int k = 0; k < biases.length; k++) {
            above -= shares[k];
            biases[k] = (float) Math.log(above / (1 - above));
        }
        return biases;
    }
}
