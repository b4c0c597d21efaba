package dev.smt.experiment;

import java.util.Random;

/** Arms for tests. */
final class Arms {
    private Arms() {}

    static Arm of(String name, double... metric) {
        SampleMoments.Accumulator units = SampleMoments.accumulator(1);
        for (double value : metric) {
            units.add(value);
        }
        return new Arm(name, units.moments());
    }

    static Arm of(String name, double[] metric, double[] covariate) {
        SampleMoments.Accumulator units = SampleMoments.accumulator(2);
        for (int i = 0; i < metric.length; i++) {
            units.add(metric[i], covariate[i]);
        }
        return new Arm(name, units.moments());
    }

    /** Units whose metric has the mean {@code mean}, the variance 1, and this correlation with a covariate. */
    static Arm normal(String name, int units, double mean, double correlation, Random random) {
        SampleMoments.Accumulator moments = SampleMoments.accumulator(2);
        for (int i = 0; i < units; i++) {
            double covariate = random.nextGaussian();
            double rest = Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            moments.add(mean + correlation * covariate + rest, 10 + 3 * covariate);
        }
        return new Arm(name, moments.moments());
    }
}
