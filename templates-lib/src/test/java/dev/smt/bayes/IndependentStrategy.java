package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Stand-in for BoTorch's best form on a fleet: one Gaussian process per model with length scales of its own, noisy
 * expected improvement of mu with the constraint on the samples ({@link IndependentSamples}).
 */
final class IndependentStrategy implements Strategy {
    private static final int CANDIDATES = 256;
    private static final int STARTS = 4;
    private static final int STEPS = 120;
    private static final double LARGEST_STEP = 0.2;
    private static final double SMALLEST_STEP = 0.002;

    private final FleetObjective objective;
    private final UnitCube cube;
    private final Strategy design;
    private final int initialTrials;
    private final long seed;
    private final List<Result> told = new ArrayList<>();

    IndependentStrategy(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
        this.objective = objective;
        this.cube = new UnitCube(space);
        this.design = new OptimizerStrategy(space, objective, Integer.MAX_VALUE, seed);
        this.initialTrials = initialTrials;
        this.seed = seed;
    }

    @Override
    public ParameterValues ask() {
        if (told.size() < initialTrials) {
            return design.ask();
        }
        int[] stream = {(int) (seed >>> Integer.SIZE), (int) seed, told.size()};
        RandomGenerator random = new Well19937c(stream);
        IndependentSamples samples = new IndependentSamples(objective, new DeltaTable(cube, objective, told), random);
        ScrambledSobol spread = new ScrambledSobol(cube.dimension(), stream);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            candidates.add(candidate(samples, spread.point(i)));
        }
        for (Result result : told) {
            candidates.add(candidate(samples, step(cube.encode(result.theta()), LARGEST_STEP / 10, random)));
        }
        candidates.sort((a, b) -> Double.compare(b.value, a.value));
        Candidate best = candidates.get(0);
        for (Candidate start : candidates.subList(0, STARTS)) {
            Candidate climbed = climb(samples, start, random);
            best = climbed.value > best.value ? climbed : best;
        }
        return cube.decode(best.point);
    }

    private static Candidate climb(IndependentSamples samples, Candidate start, RandomGenerator random) {
        Candidate best = start;
        for (int i = 0; i < STEPS; i++) {
            double size = LARGEST_STEP * Math.pow(SMALLEST_STEP / LARGEST_STEP, (double) i / STEPS);
            Candidate next = candidate(samples, step(best.point, size, random));
            best = next.value > best.value ? next : best;
        }
        return best;
    }

    private static double[] step(double[] point, double size, RandomGenerator random) {
        double[] moved = point.clone();
        int only = random.nextBoolean() ? random.nextInt(point.length) : -1;
        for (int j = 0; j < moved.length; j++) {
            if (only < 0 || only == j) {
                moved[j] = Math.max(0, Math.min(1, moved[j] + size * random.nextGaussian()));
            }
        }
        return moved;
    }

    private static Candidate candidate(IndependentSamples samples, double[] point) {
        return new Candidate(point, samples.logImprovement(point));
    }

    @Override
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        design.tell(theta, deltas);
        told.add(new Result(theta, deltas, objective.outcome(deltas)));
    }

    private static final class Candidate {
        private final double[] point;
        private final double value;

        Candidate(double[] point, double value) {
            this.point = Arrays.copyOf(point, point.length);
            this.value = value;
        }
    }
}
