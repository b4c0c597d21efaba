package dev.smt.bayes;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * Delta_i(x) = strength_i * sum over the relevant parameters j of (+-) gain_j (1 - exp(-k_j u_j)) - cost_j u_j^2, plus
 * products of neighbouring relevant parameters; u_j is x_j or 1 - x_j. A minority of the models, 15 to 30 %, takes one
 * or two of the parameters with the opposite sign.
 */
final class EffectDeltas implements DeltaFunctions {
    private static final double RELEVANT_SHARE = 0.6;

    private final boolean[] relevant;
    private final boolean[] turned;
    private final double[] gains;
    private final double[] rates;
    private final double[][] costs;
    private final double[] interactions;
    private final double[] strengths;
    /** 1, or -1 and beyond where a model reacts the other way round, [M][D]. */
    private final double[][] signs;

    EffectDeltas(int dimension, int models, RandomGenerator random) {
        this.relevant = new boolean[dimension];
        this.turned = new boolean[dimension];
        this.gains = new double[dimension];
        this.rates = new double[dimension];
        this.costs = new double[models][dimension];
        this.interactions = new double[dimension];
        this.strengths = new double[models];
        this.signs = new double[models][dimension];
        int count = Math.max(2, (int) Math.round(RELEVANT_SHARE * dimension));
        double unit = 0.55 / Math.pow(count, 0.75);
        for (int j = 0; j < dimension; j++) {
            // The first parameters are no better than others: no optimizer knows their order.
            relevant[j] = j < count;
            turned[j] = random.nextBoolean();
            gains[j] = unit * (0.5 + random.nextDouble());
            rates[j] = 2 + 3 * random.nextDouble();
            interactions[j] = 0.3 * unit * random.nextGaussian();
        }
        for (int i = 0; i < models; i++) {
            drawModel(i, random);
        }
        drawOpposites(count, models, random);
    }

    private void drawModel(int i, RandomGenerator random) {
        strengths[i] = Math.exp(0.2 * random.nextGaussian());
        for (int j = 0; j < gains.length; j++) {
            signs[i][j] = 1;
            costs[i][j] = gains[j] * Math.max(0, 0.7 + 0.3 * random.nextGaussian());
        }
    }

    private void drawOpposites(int relevantCount, int models, RandomGenerator random) {
        int opposites = (int) Math.round((0.15 + 0.15 * random.nextDouble()) * models);
        int parameters = 1 + random.nextInt(2);
        for (int p = 0; p < parameters; p++) {
            int parameter = random.nextInt(relevantCount);
            for (int i = 0; i < opposites; i++) {
                signs[i][parameter] = -1 - 2 * random.nextDouble();
            }
        }
    }

    @Override
    public void at(double[] point, double[] deltas) {
        int dimension = point.length;
        double[] moved = new double[dimension];
        double[] saturated = new double[dimension];
        double together = 0;
        for (int j = 0; j < dimension; j++) {
            moved[j] = relevant[j] ? turned[j] ? 1 - point[j] : point[j] : 0;
            saturated[j] = gains[j] * (1 - Math.exp(-rates[j] * moved[j]));
            together += j == 0 ? 0 : interactions[j] * moved[j] * moved[j - 1];
        }
        for (int i = 0; i < deltas.length; i++) {
            double sum = together;
            for (int j = 0; j < dimension; j++) {
                sum += signs[i][j] * saturated[j] - costs[i][j] * moved[j] * moved[j];
            }
            deltas[i] = strengths[i] * sum;
        }
    }
}
