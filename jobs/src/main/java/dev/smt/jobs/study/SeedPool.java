package dev.smt.jobs.study;

import dev.smt.decision.DeltaSource;
import dev.smt.decision.EffectEstimate;
import dev.smt.decision.FleetNoise;
import dev.smt.decision.ModelReplicates;
import dev.smt.decision.ProbabilityRule;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.metric.PairedDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomDataGenerator;

/**
 * The same models trained with many seeds. One seed against another is a technique that does nothing, measured for real.
 *
 * @param losses by model of the objective, one per seed, all on the same rows
 */
record SeedPool(FleetObjective objective, Map<String, List<BucketedLoss>> losses) {
    SeedPool {
        losses = Map.copyOf(losses);
    }

    int seeds() {
        return losses.values().stream().mapToInt(List::size).min().orElseThrow();
    }

    /** The noise of a delta: errors of the rows by model, and what the seeds add. */
    FleetNoise noise() {
        List<ModelReplicates> models = new ArrayList<>();
        for (String model : objective.models()) {
            List<ModelDelta> deltas = new ArrayList<>();
            for (int seed = 0; seed + 1 < seeds(); seed += 2) {
                deltas.add(delta(model, seed, seed + 1, 0));
            }
            models.add(new ModelReplicates(model, Optional.empty(), deltas));
        }
        List<EffectEstimate> estimates = new ProbabilityRule(objective, ProbabilityRule.SURE)
                .evidence(models)
                .estimates();
        double ratio = estimates.stream()
                .filter(estimate -> estimate.rowError() > 0)
                .mapToDouble(estimate -> estimate.seedDeviation() / estimate.rowError())
                .findFirst()
                .orElse(0);
        return new FleetNoise(estimates.stream().map(EffectEstimate::rowError).toList(), ratio);
    }

    /**
     * A technique of a known effect: seeds against seeds, each used once, plus the effect.
     *
     * @param trials of its search, all against the baseline of one seed
     * @param replicates each of two seeds of its own
     */
    DeltaSource source(double effect, int trials, int replicates, long draw) {
        RandomDataGenerator random = new RandomDataGenerator(new MersenneTwister(draw));
        int[] order = random.nextPermutation(seeds(), 1 + trials + 2 * replicates);
        return new DeltaSource() {
            @Override
            public List<ModelDelta> trial(int number) {
                return deltas(order[0], order[1 + number], effect);
            }

            @Override
            public List<ModelDelta> replicate(int number) {
                int first = 1 + trials + 2 * (number - 1);
                return deltas(order[first], order[first + 1], effect);
            }
        };
    }

    private List<ModelDelta> deltas(int base, int trial, double effect) {
        return objective.models().stream()
                .map(model -> delta(model, base, trial, effect))
                .toList();
    }

    private ModelDelta delta(String model, int base, int trial, double effect) {
        List<BucketedLoss> ofModel = losses.get(model);
        PairedDelta measured = PairedDelta.between(ofModel.get(base), ofModel.get(trial));
        return new ModelDelta(model, false, measured.delta() + effect, measured.standardError());
    }
}
