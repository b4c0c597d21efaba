package dev.smt.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The jackknife against what it stands for: a bootstrap over units, and the share of simulated data sets in which the 95 %
 * interval has the true delta. Rows of a unit are correlated: each unit has its own level of loss, and its own gain.
 */
class PairedDeltaCoverageTest {
    private static final double TRUE_GAIN = 0.5;

    @Test
    void theJackknifeAgreesWithABootstrapOverTheBuckets() {
        for (int seed = 0; seed < 8; seed++) {
            Pair data = new Simulation(2000, 12).draw(new Random(100 + seed));

            double jackknife = PairedDelta.between(data.base, data.trial).standardError();
            double bootstrap = bootstrap(data, 4000, new Random(seed));

            assertThat(jackknife / bootstrap).as("seed %d", seed).isBetween(0.9, 1.1);
        }
    }

    @Test
    void theIntervalHasTheTrueDeltaNineteenTimesOutOfTwenty() {
        assertThat(coverage(new Simulation(600, 8), 1000)).isBetween(0.92, 0.97);
        assertThat(coverage(new Simulation(3000, 4), 1000)).isBetween(0.92, 0.97);
    }

    @Test
    void bucketsByRowAndNotByUnitWouldPromiseTooMuch() {
        Simulation simulation = new Simulation(600, 8);
        double byUnit = simulation.meanError(50, false);
        double byRow = simulation.meanError(50, true);

        assertThat(byRow).isLessThan(0.7 * byUnit);
    }

    private static double coverage(Simulation simulation, int repeats) {
        Random random = new Random(17);
        int covered = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            Pair data = simulation.draw(random);
            PairedDelta delta = PairedDelta.between(data.base, data.trial);
            covered += Math.abs(delta.delta() - TRUE_GAIN) <= 1.96 * delta.standardError() ? 1 : 0;
        }
        return (double) covered / repeats;
    }

    /** The standard deviation of the delta over data sets of as many buckets, drawn with replacement. */
    private static double bootstrap(Pair data, int repeats, Random random) {
        double mean = 0;
        double squares = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            double base = 0;
            double trial = 0;
            for (int draw = 0; draw < BucketedLoss.BUCKETS; draw++) {
                int bucket = random.nextInt(BucketedLoss.BUCKETS);
                base += data.base.loss(bucket);
                trial += data.trial.loss(bucket);
            }
            double delta = 100 * (base - trial) / base;
            double step = delta - mean;
            mean += step / (repeat + 1);
            squares += step * (delta - mean);
        }
        return Math.sqrt(squares / (repeats - 1));
    }

    private record Pair(BucketedLoss base, BucketedLoss trial) {}

    /**
     * Units with random effects.
     *
     * @param rowsPerUnit on average; each unit has its own number
     */
    private record Simulation(int units, int rowsPerUnit) {
        Pair draw(Random random) {
            return draw(random, false);
        }

        Pair draw(Random random, boolean bucketsByRow) {
            Pair pair = new Pair(new BucketedLoss(), new BucketedLoss());
            for (int unit = 0; unit < units; unit++) {
                int ofUnit = random.nextInt(BucketedLoss.BUCKETS);
                int rows = 1 + random.nextInt(2 * rowsPerUnit - 1);
                double level = Math.exp(0.5 * random.nextGaussian());
                double gain = TRUE_GAIN / 100 + 0.05 * random.nextGaussian();
                for (int row = 0; row < rows; row++) {
                    int bucket = bucketsByRow ? random.nextInt(BucketedLoss.BUCKETS) : ofUnit;
                    double base = level * (0.1 + 0.4 * random.nextDouble());
                    pair.base.add(bucket, base);
                    pair.trial.add(bucket, base * (1 - gain) + 0.01 * random.nextGaussian());
                }
            }
            return pair;
        }

        double meanError(int repeats, boolean bucketsByRow) {
            Random random = new Random(3);
            double sum = 0;
            for (int repeat = 0; repeat < repeats; repeat++) {
                Pair pair = draw(random, bucketsByRow);
                sum += PairedDelta.between(pair.base, pair.trial).standardError();
            }
            return sum / repeats;
        }
    }
}
