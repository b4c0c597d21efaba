package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class LoadingsTest {
    private static final int MODELS = 5;
    private static final UnitCube CUBE = new UnitCube(SearchSpace.of(new Parameter.Real("x", 0, 1, false)));
    private static final FleetObjective OBJECTIVE = Problems.fleet(MODELS, 0.2);

    private static boolean[] all(int trials) {
        boolean[] all = new boolean[trials];
        Arrays.fill(all, true);
        return all;
    }

    @Test
    void modelsThatFollowTheMeanHaveLoadingsOfOne() {
        double[] means = {-1, 0, 2, -1, 0.5, -0.5};
        double[][] deviations = {{0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}};

        assertThat(Loadings.of(means, deviations, all(means.length))).containsExactly(1, 1, 1);
    }

    @Test
    void theLoadingsAverageToOneAndTellWhoGoesTheOtherWay() {
        RandomGenerator random = new Well19937c(3);
        double[] truth = {1.4, 1.4, 1.4, 1.4, -0.6};
        double[] means = new double[40];
        double[][] deviations = new double[truth.length][means.length];
        for (int t = 0; t < means.length; t++) {
            means[t] = random.nextGaussian();
            for (int i = 0; i < truth.length; i++) {
                deviations[i][t] = (truth[i] - 1) * means[t] + 0.1 * random.nextGaussian();
            }
        }

        double[] loadings = Loadings.of(means, deviations, all(means.length));

        assertThat(Arrays.stream(loadings).average().orElseThrow()).isCloseTo(1, within(1e-12));
        for (int i = 0; i < truth.length; i++) {
            assertThat(loadings[i]).isCloseTo(truth[i], within(0.05));
        }
    }

    @Test
    void fewNoisyTrialsLeaveTheLoadingsNearOne() {
        RandomGenerator random = new Well19937c(4);
        double[] means = {0.1, -0.1, 0.05};
        double[][] deviations = new double[4][3];
        for (double[] row : deviations) {
            Arrays.setAll(row, t -> random.nextGaussian());
        }

        for (double loading : Loadings.of(means, deviations, all(means.length))) {
            assertThat(loading).isCloseTo(1, within(0.5));
        }
    }

    @Test
    void ofTwoModelsNobodyCanSayWhichOneDeviates() {
        assertThat(Loadings.of(new double[] {-1, 0, 1}, new double[][] {{1, 0, -1}, {-1, 0, 1}}, all(3)))
                .containsExactly(1, 1);
    }

    /** The last model falls where the others rise, and is all that was evaluated of the trials on the right. */
    @Test
    void aModelThatGoesTheOtherWaySaysThatTheOthersRise() {
        List<Result> told = new ArrayList<>();
        for (int t = 0; t <= 12; t++) {
            double x = t / 12.0;
            List<ModelDelta> deltas = new ArrayList<>();
            for (int i = x <= 0.6 ? 0 : MODELS - 1; i < MODELS; i++) {
                double rise = x + 0.3 * Math.sin(6 * x);
                deltas.add(new ModelDelta("m" + i, false, i == MODELS - 1 ? -rise : rise, 0.01));
            }
            told.add(new Result(
                    new ParameterValues(Map.of("x", x)),
                    deltas,
                    deltas.size() < MODELS ? Optional.empty() : Optional.of(OBJECTIVE.outcome(deltas))));
        }
        FleetSurrogate surrogate =
                FleetSurrogate.fit(CoordinateGroups.of(CUBE), OBJECTIVE, new DeltaTable(CUBE, OBJECTIVE, told));
        FleetSamples samples = new FleetSamples(surrogate, OBJECTIVE, surrogate.points(), 512, new Well19937c(1));
        samples.moveToSite(12);

        double truth = (MODELS - 2.0) / MODELS * (1 + 0.3 * Math.sin(6));
        assertThat(samples.meanMu()).isCloseTo(truth, within(0.1));
        assertThat(samples.muDeviation()).isLessThan(0.15);
    }
}
