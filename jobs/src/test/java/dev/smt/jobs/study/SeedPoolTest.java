package dev.smt.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.decision.DeltaSource;
import dev.smt.decision.FleetNoise;
import dev.smt.decision.PlannedDecision;
import dev.smt.decision.Power;
import dev.smt.decision.StudyDesign;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class SeedPoolTest {
    private static final int MODELS = 6;
    private static final int SEEDS = 30;
    private static final int ROWS_PER_BUCKET = 20;
    private static final double SEED_NOISE = 0.004;

    /** Losses around 0.5 per row: every bucket differs by seed, and the whole model by seed, too. */
    private static SeedPool pool() {
        RandomGenerator random = new Well19937c(1);
        Map<String, List<BucketedLoss>> losses = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int model = 0; model < MODELS; model++) {
            List<BucketedLoss> ofModel = new ArrayList<>();
            for (int seed = 0; seed < SEEDS; seed++) {
                double whole = SEED_NOISE * random.nextGaussian();
                BucketedLoss loss = new BucketedLoss();
                for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
                    double perRow = 0.5 * (1 + whole + 0.03 * random.nextGaussian());
                    loss.addBucket(bucket, perRow * ROWS_PER_BUCKET, ROWS_PER_BUCKET);
                }
                ofModel.add(loss);
            }
            losses.put("m" + model, ofModel);
            weights.put("m" + model, 1.0);
        }
        return new SeedPool(new FleetObjective(0.05, 0.2, 0.05, weights), losses);
    }

    @Test
    void theNoiseIsThatOfOneSeedAgainstAnother() {
        FleetNoise noise = pool().noise();
        // Two trainings: 100 x sqrt(2) x 0.03 / sqrt(256) from rows, and the same with 0.004 from seeds.
        double rows = 100 * Math.sqrt(2) * 0.03 / 16;
        assertThat(noise.rowErrors()).hasSize(MODELS).allSatisfy(error -> assertThat(error)
                .isCloseTo(rows, within(0.03)));
        double seeds = 100 * Math.sqrt(2) * Math.sqrt(SEED_NOISE * SEED_NOISE + 0.03 * 0.03 / 256);
        assertThat(noise.seedRatio() * rows).isCloseTo(seeds, within(0.1));
    }

    @Test
    void everySeedIsUsedOnceAndTheEffectIsAdded() {
        SeedPool pool = pool();
        Set<Double> seen = new HashSet<>();
        DeltaSource nothing = pool.source(0, 12, 3, 5);
        DeltaSource planted = pool.source(2, 12, 3, 5);
        for (int number = 0; number < 12; number++) {
            ModelDelta delta = nothing.trial(number).get(0);
            assertThat(planted.trial(number).get(0).delta()).isCloseTo(delta.delta() + 2, within(1e-12));
            seen.add(delta.delta());
        }
        for (int number = 1; number <= 3; number++) {
            seen.add(nothing.replicate(number).get(0).delta());
        }
        assertThat(seen).hasSize(15);
        assertThat(pool.source(0, 12, 3, 5).trial(0)).isEqualTo(nothing.trial(0));
        assertThat(pool.source(0, 12, 3, 6).trial(0)).isNotEqualTo(nothing.trial(0));
    }

    @Test
    void trainedTechniquesThatDoNothingAreNotAcceptedAndLargeOnesAre() {
        SeedPool pool = pool();
        StudyDesign design = new StudyDesign(pool.objective(), 6, 3, 3, 0.95);
        assertThat(power(pool, design, 0).accepted()).isZero();
        assertThat(power(pool, design, 3).accepted()).isEqualTo(10);
    }

    private static Power power(SeedPool pool, StudyDesign design, double effect) {
        return Power.of(
                effect,
                LongStream.range(0, 10)
                        .mapToObj(number -> PlannedDecision.of(design, pool.source(effect, 6, 3, number), number))
                        .toList());
    }

    @Test
    void aPlanNamesAllItsProblems() {
        assertThatThrownBy(() -> new AaPlan(0, -1, 2, List.of()))
                .hasMessageContainingAll("--simulated is 0", "--trained is -1", "--seeds is 2", "--effects is []");
        AaPlan plan = new AaPlan(1, 20, 18, List.of(0.0));
        assertThat(plan.problems(12, 3)).singleElement().asString().contains("--seeds is 18", "needs 19");
        assertThat(plan.problems(11, 3)).isEmpty();
        assertThat(new AaPlan(1, 0, 3, List.of(0.0)).problems(12, 3)).isEmpty();
    }
}
