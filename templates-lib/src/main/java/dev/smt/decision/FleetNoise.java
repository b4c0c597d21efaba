package dev.smt.decision;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * How noisy the deltas of a fleet are.
 *
 * @param rowErrors standard error of a delta from the evaluation rows, by model in the objective's order, in percent NE
 * @param seedRatio standard deviation from seed to seed, over that error
 */
public record FleetNoise(List<Double> rowErrors, double seedRatio) {
    /** The part of the rows' variance that all trainings of a technique share. */
    private static final double SHARED = 0.5;

    public FleetNoise {
        rowErrors = List.copyOf(rowErrors);
        if (rowErrors.isEmpty() || rowErrors.stream().anyMatch(error -> !(error >= 0)) || !(seedRatio >= 0)) {
            throw new IllegalArgumentException("row errors " + rowErrors + ", seed ratio " + seedRatio
                    + "; allowed: one error of 0 or more per model, and a ratio of 0 or more");
        }
    }

    /**
     * Deltas of a technique with a normal distribution of true effects between models.
     *
     * @param mean the effects' mean, in percent NE
     * @param spread their standard deviation, in percent NE
     */
    public DeltaSource source(FleetObjective objective, double mean, double spread, long seed) {
        return source(objective, mean, spread, SHARED, seed);
    }

    /** @param share the part of the rows' variance that all trainings of the technique share */
    DeltaSource source(FleetObjective objective, double mean, double spread, double share, long seed) {
        RandomGenerator random = new Well19937c(new int[] {(int) (seed >>> Integer.SIZE), (int) seed});
        double[] effects = new double[rowErrors.size()];
        Arrays.setAll(effects, i -> {
            double shared = Math.sqrt(share) * rowErrors.get(i) * random.nextGaussian();
            return mean + spread * random.nextGaussian() + shared;
        });
        return new DeltaSource() {
            @Override
            public List<ModelDelta> trial(int number) {
                return deltas(objective, effects, share, random);
            }

            @Override
            public List<ModelDelta> replicate(int number) {
                return deltas(objective, effects, share, random);
            }
        };
    }

    private List<ModelDelta> deltas(FleetObjective objective, double[] effects, double share, RandomGenerator random) {
        List<ModelDelta> deltas = new ArrayList<>();
        double own = Math.sqrt(1 - share + seedRatio * seedRatio);
        for (int i = 0; i < effects.length; i++) {
            double error = rowErrors.get(i);
            deltas.add(new ModelDelta(
                    objective.models().get(i), false, effects[i] + own * error * random.nextGaussian(), error));
        }
        return deltas;
    }
}
