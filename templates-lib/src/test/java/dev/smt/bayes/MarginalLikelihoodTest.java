package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarginalLikelihoodTest {
    /** Two numbers, a parameter of three levels, another number. */
    private static final CoordinateGroups GROUPS =
            new CoordinateGroups(new int[] {0, 1, 2, 2, 2, 3}, new boolean[] {false, false, true, false});

    private static final double[] LOGS = {-0.4, 0.3, 0.2, 0.8, 0.4, -2};

    @Test
    void theGradientIsThatOfTheValue() {
        Random random = new Random(5);
        double[][] points = points(random, 12);
        List<Targets> targets = List.of(
                targets(random, 12, 0), targets(random, 12, 0), targets(random, 12, 0.3), targets(random, 12, 0.1));

        assertGradient(new MarginalLikelihood(GROUPS, points, targets), LOGS);
    }

    @Test
    void theGradientIsThatOfTheValueWithReplicates() {
        Random random = new Random(6);
        double[][] points = points(random, 12);
        for (int i = 6; i < 12; i++) {
            points[i] = points[i % 4];
        }

        assertGradient(
                new MarginalLikelihood(GROUPS, points, List.of(targets(random, 12, 0.3), targets(random, 12, 0))),
                LOGS);
    }

    @Test
    void theSumOverTargetsIsThatOfTheirOwnProcesses() {
        Random random = new Random(7);
        double[][] points = points(random, 9);
        points[8] = points[2];
        List<Targets> targets = List.of(targets(random, 9, 0), targets(random, 9, 0.2), targets(random, 9, 0));

        double sum = 0;
        for (GaussianProcess process : GaussianProcess.of(GROUPS, points, targets, LOGS)) {
            sum += process.logMarginalLikelihood();
        }

        assertThat(new MarginalLikelihood(GROUPS, points, targets).at(LOGS, new double[LOGS.length]))
                .isCloseTo(sum, within(1e-11));
    }

    private static void assertGradient(MarginalLikelihood likelihood, double[] logs) {
        double[] gradient = new double[logs.length];
        double[] unused = new double[logs.length];
        likelihood.at(logs, gradient);
        double step = 1e-5;
        for (int i = 0; i < logs.length; i++) {
            double[] up = logs.clone();
            double[] down = logs.clone();
            up[i] += step;
            down[i] -= step;
            double difference = (likelihood.at(up, unused) - likelihood.at(down, unused)) / (2 * step);
            assertThat(gradient[i])
                    .as("derivative %s", i)
                    .isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
        }
    }

    private static double[][] points(Random random, int count) {
        double[][] points = new double[count][6];
        for (double[] point : points) {
            point[0] = random.nextDouble();
            point[1] = random.nextDouble();
            point[2 + random.nextInt(3)] = 1;
            point[5] = random.nextDouble();
        }
        return points;
    }

    private static Targets targets(Random random, int count, double noise) {
        double[] variances = new double[count];
        Arrays.setAll(variances, i -> noise * random.nextDouble());
        return new Targets(random.doubles(count).toArray(), variances);
    }
}
