package dev.smt.decision;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The sum of independent standard normal numbers, looked at after each: the numerical integration of Armitage, McPherson
 * and Rowe (1969, "Repeated Significance Tests on Accumulating Data", JRSS A 132).
 */
final class SequentialTest {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double STEP = 0.125;
    /** Standard deviations below which there is nothing. */
    private static final double FAR = 7;

    private final double[] at;
    /** The density of the sum where no look has crossed yet, times Simpson's weights. */
    private final double[] mass;

    private SequentialTest(double[] at, double[] mass) {
        this.at = at;
        this.mass = mass;
    }

    /**
     * The probability that the sum of k numbers, divided by the root of k, is above the boundary's k-th number for some k.
     *
     * @param boundary one number per look
     */
    static double crossing(List<Double> boundary) {
        SequentialTest before = new SequentialTest(new double[] {0}, new double[] {1});
        double crossed = 0;
        for (int look = 1; look <= boundary.size(); look++) {
            double limit = boundary.get(look - 1) * Math.sqrt(look);
            crossed += before.beyond(limit);
            before = before.next(limit, -FAR * Math.sqrt(look));
        }
        return crossed;
    }

    private double beyond(double limit) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            sum += mass[i] * NORMAL.cumulativeProbability(at[i] - limit);
        }
        return sum;
    }

    private SequentialTest next(double high, double low) {
        int intervals = 2 * (int) Math.ceil((high - low) / STEP / 2);
        double step = (high - low) / intervals;
        double[] points = new double[intervals + 1];
        Arrays.setAll(points, j -> low + j * step);
        double[] masses = new double[intervals + 1];
        for (int j = 0; j <= intervals; j++) {
            double simpson = j == 0 || j == intervals ? 1 : j % 2 == 1 ? 4 : 2;
            masses[j] = simpson * step / 3 * density(points[j]);
        }
        return new SequentialTest(points, masses);
    }

    private double density(double point) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            double distance = point - at[i];
            if (Math.abs(distance) < FAR) {
                sum += mass[i] * Math.exp(-0.5 * distance * distance);
            }
        }
        return sum / Math.sqrt(2 * Math.PI);
    }
}
