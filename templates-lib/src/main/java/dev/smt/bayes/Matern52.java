package dev.smt.bayes;

import java.util.Arrays;
import smile.math.kernel.MercerKernel;

/**
 * Matern kernel with smoothness 5/2 and a length scale per coordinate (automatic relevance determination): variance *
 * (1 + r sqrt 5 + 5/3 r^2) exp(-r sqrt 5), r the scaled distance (Rasmussen and Williams 2006, Eq. 4.17).
 */
final class Matern52 implements MercerKernel<double[]> {
    private static final long serialVersionUID = 1L;

    private final double variance;
    private final double[] lengthScales;

    Matern52(double variance, double[] lengthScales) {
        this.variance = variance;
        this.lengthScales = lengthScales.clone();
    }

    double variance() {
        return variance;
    }

    @Override
    public double k(double[] x, double[] y) {
        double squares = 0;
        for (int i = 0; i < lengthScales.length; i++) {
            double step = (x[i] - y[i]) / lengthScales[i];
            squares += step * step;
        }
        double scaled = Math.sqrt(5 * squares);
        return variance * (1 + scaled + 5 * squares / 3) * Math.exp(-scaled);
    }

    @Override
    public double[] kg(double[] x, double[] y) {
        throw new UnsupportedOperationException("hyperparameters are fitted without gradients");
    }

    @Override
    public MercerKernel<double[]> of(double[] params) {
        return new Matern52(
                Math.exp(params[0]),
                Arrays.stream(params, 1, params.length).map(Math::exp).toArray());
    }

    @Override
    public double[] hyperparameters() {
        double[] parameters = new double[lengthScales.length + 1];
        parameters[0] = Math.log(variance);
        for (int i = 0; i < lengthScales.length; i++) {
            parameters[i + 1] = Math.log(lengthScales[i]);
        }
        return parameters;
    }

    @Override
    public double[] lo() {
        return bounds(-7);
    }

    @Override
    public double[] hi() {
        return bounds(5);
    }

    private double[] bounds(double value) {
        double[] bounds = new double[lengthScales.length + 1];
        Arrays.fill(bounds, value);
        return bounds;
    }
}
