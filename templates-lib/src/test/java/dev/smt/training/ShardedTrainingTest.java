package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.training.DeviceRuns.Run;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.sharding.DeviceMeter;
import dev.smt.training.sharding.MemoryUse;
import dev.smt.training.sharding.ShardingLayout;
import dev.smt.training.sharding.ShardingTemplate;
import dev.smt.training.sharding.Strategy;
import dev.smt.training.sharding.TablePlacement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedTrainingTest {
    private static final EncodedExamples ROWS = PlantedExamples.of(2_000, 1);
    private static final int STEPS = 12;

    private static ModelSpecification specification(Paradigm paradigm) {
        return PlantedExamples.specification(paradigm, PlantedExamples.training(1, 128));
    }

    private static DeviceRuns runs(Paradigm paradigm) {
        return new DeviceRuns(specification(paradigm), ROWS, 3);
    }

    private static ShardingLayout layout(Strategy strategy, int devices, int sharing) {
        return new ShardingLayout(strategy, devices, sharing, Map.of());
    }

    private static void assertClose(Run run, Run expected, float tolerance) {
        assertThat(distance(run.dense(), expected.dense())).isLessThanOrEqualTo(tolerance);
        for (int table = 0; table < expected.tables().size(); table++) {
            assertThat(distance(run.tables().get(table), expected.tables().get(table)))
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    private static float distance(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        float most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({"SPARSE_NN,2", "SPARSE_NN,3", "SPARSE_NN,4", "DECOUPLED_SPARSE_NN,2"})
    void dataParallelEqualsOneDeviceWithTheWholeBatch(Paradigm paradigm, int devices) {
        Run alone = runs(paradigm).alone(STEPS);
        Run parallel = runs(paradigm).over(layout(Strategy.DATA_PARALLEL, devices, 1), STEPS);

        assertClose(parallel, alone, 1e-5f);
        for (int step = 0; step < STEPS; step++) {
            assertThat(parallel.losses().get(step)).isCloseTo(alone.losses().get(step), within(1e-5));
        }
    }

    @ParameterizedTest
    @CsvSource({"SPARSE_NN,2", "SPARSE_NN,3", "SPARSE_NN,4", "DECOUPLED_SPARSE_NN,2"})
    void fullyShardedHasTheLossesOfDataParallel(Paradigm paradigm, int devices) {
        Run parallel = runs(paradigm).over(layout(Strategy.DATA_PARALLEL, devices, 1), STEPS);
        Run sharded = runs(paradigm).over(layout(Strategy.FULLY_SHARDED, devices, devices), STEPS);

        for (int step = 0; step < STEPS; step++) {
            assertThat(sharded.losses().get(step)).isCloseTo(parallel.losses().get(step), within(1e-4));
        }
        assertClose(sharded, parallel, 1e-5f);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void fullyShardedKeepsOneShareAndOneLayer(int devices) {
        long total = kept(runs(Paradigm.SPARSE_NN)
                .over(layout(Strategy.FULLY_SHARDED, 1, 1), 1)
                .meters()
                .get(0));
        Run sharded = runs(Paradigm.SPARSE_NN).over(layout(Strategy.FULLY_SHARDED, devices, devices), 2);

        for (DeviceMeter meter : sharded.meters()) {
            // Of a parameter there are its value, two moments and whether it decays; shares are of whole parameters.
            long rounding = 4L * Float.BYTES;
            assertThat(kept(meter)).isLessThanOrEqualTo(total / devices + rounding);
            assertThat(kept(meter) + meter.peak(MemoryUse.GATHERED_LAYER))
                    .isLessThanOrEqualTo(total / devices + rounding + largestLayer());
        }
    }

    private static long kept(DeviceMeter meter) {
        return meter.peak(MemoryUse.PARAMETERS) + meter.peak(MemoryUse.OPTIMIZER_STATE);
    }

    /** Bytes of the head's first layer: 10 dot products, 40 cross outputs and 8 numbers of the numeric tower, to 32. */
    private static long largestLayer() {
        return 4L * ((10 + 40 + 8) * 32 + 32);
    }

    @ParameterizedTest
    @CsvSource({"4,2", "6,3"})
    void hybridEqualsDataParallelInTheMemoryOfItsGroup(int devices, int group) {
        Run parallel = runs(Paradigm.SPARSE_NN).over(layout(Strategy.DATA_PARALLEL, devices, 1), STEPS);
        Run grouped = runs(Paradigm.SPARSE_NN).over(layout(Strategy.FULLY_SHARDED, group, group), 1);
        Run hybrid = runs(Paradigm.SPARSE_NN).over(layout(Strategy.HYBRID, devices, group), STEPS);

        assertClose(hybrid, parallel, 1e-5f);
        for (int device = 0; device < devices; device++) {
            DeviceMeter own = hybrid.meters().get(device);
            DeviceMeter same = grouped.meters().get(device % group);
            assertThat(kept(own)).isEqualTo(kept(same));
            assertThat(own.peak(MemoryUse.GATHERED_LAYER)).isEqualTo(same.peak(MemoryUse.GATHERED_LAYER));
        }
    }

    @Test
    void acrossGroupsOnlyTheGradientsOfTheShardGo() {
        Run hybrid = runs(Paradigm.SPARSE_NN).over(layout(Strategy.HYBRID, 4, 2), STEPS);

        for (int device = 0; device < 4; device++) {
            long shard = hybrid.meters().get(device).bytes(MemoryUse.PARAMETERS);
            // Two groups: half of the shard's gradients comes to be summed, the other half comes as the sum.
            assertThat(hybrid.traffic().get(device).denseAcross()).isEqualTo(STEPS * shard);
            assertThat(hybrid.traffic().get(device).denseWithin()).isGreaterThan(STEPS * shard);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"DATA_PARALLEL", "FULLY_SHARDED", "HYBRID"})
    void sameLayoutSameBits(Strategy strategy) {
        int sharing = strategy == Strategy.DATA_PARALLEL ? 1 : strategy == Strategy.HYBRID ? 2 : 4;
        Run first = runs(Paradigm.SPARSE_NN).over(layout(strategy, 4, sharing), STEPS);
        Run second = runs(Paradigm.SPARSE_NN).over(layout(strategy, 4, sharing), STEPS);

        assertThat(second.dense()).isEqualTo(first.dense());
        assertThat(second.losses()).isEqualTo(first.losses());
        for (int table = 0; table < first.tables().size(); table++) {
            assertThat(second.tables().get(table)).isEqualTo(first.tables().get(table));
        }
    }

    @ParameterizedTest
    @EnumSource(DenseOptimizer.Kind.class)
    void everyOptimizerMovesShardsAsItMovesAll(DenseOptimizer.Kind dense) {
        OptimizerTemplate optimizer = OptimizerTemplate.DEFAULT
                .withDense(dense, dense == DenseOptimizer.Kind.SGD ? 0.9 : 0)
                .withEmbedding(EmbeddingOptimizer.Kind.ADAGRAD, 0.01);
        TrainingTemplate training = PlantedExamples.training(1, 128).withOptimizer(optimizer);
        DeviceRuns runs = new DeviceRuns(PlantedExamples.specification(Paradigm.SPARSE_NN, training), ROWS, 3);

        assertClose(runs.over(layout(Strategy.FULLY_SHARDED, 2, 2), STEPS), runs.alone(STEPS), 2e-5f);
    }

    @Test
    void rowWiseTablesEndAsWholeOnes() {
        Map<String, TablePlacement> tables = Map.of(
                "user", new TablePlacement(TablePlacement.Kind.ROW_WISE, java.util.List.of(0, 1, 2)),
                "history", new TablePlacement(TablePlacement.Kind.ROW_WISE, java.util.List.of(2, 0)));
        ShardingLayout layout = new ShardingLayout(Strategy.DATA_PARALLEL, 3, 1, tables);

        assertClose(
                runs(Paradigm.SPARSE_NN).over(layout, STEPS),
                runs(Paradigm.SPARSE_NN).alone(STEPS),
                1e-5f);
    }

    @Test
    void aTemplateAsksForIt() {
        for (ShardingTemplate sharding : java.util.List.of(
                new ShardingTemplate(Strategy.DATA_PARALLEL, 2, 1, TablePlacement.Kind.COLUMN_WISE, 2),
                new ShardingTemplate(Strategy.FULLY_SHARDED, 3, 1, TablePlacement.Kind.ROW_WISE, 1),
                new ShardingTemplate(Strategy.HYBRID, 4, 2, TablePlacement.Kind.REPLICATED, 1))) {
            TrainingTemplate plain = PlantedExamples.training(1, 128);
            ModelSpecification alone = PlantedExamples.specification(Paradigm.SPARSE_NN, plain);
            ModelSpecification spread = PlantedExamples.specification(Paradigm.SPARSE_NN, plain.withSharding(sharding));
            try (TrainedModel one = new ModelTrainer().train(alone, ROWS, 3);
                    TrainedModel several = new ModelTrainer().train(spread, ROWS, 3)) {
                assertThat(several.steps()).isEqualTo(one.steps());
                assertThat(several.examples()).isEqualTo(one.examples());
                assertThat(several.evaluate(ROWS).normalizedEntropy())
                        .isCloseTo(one.evaluate(ROWS).normalizedEntropy(), within(2e-2));
                assertThat(several.predict(ROWS)).isNotEqualTo(one.predict(ROWS));
            }
        }
    }

    @Test
    void fewerRowsThanDevicesAreRefused() {
        ShardingTemplate sharding =
                new ShardingTemplate(Strategy.DATA_PARALLEL, 8, 1, TablePlacement.Kind.REPLICATED, 1);
        ModelSpecification specification = PlantedExamples.specification(
                Paradigm.SPARSE_NN, PlantedExamples.training(1, 128).withSharding(sharding));
        EncodedExamples few = PlantedExamples.of(7, 12);

        assertThatThrownBy(() -> new ModelTrainer().train(specification, few, 1))
                .hasMessageContaining("training rows: 7")
                .hasMessageContaining("training.sharding.devices is 8");
    }

    @Test
    void aLossThatIsNotFiniteEndsTheTraining() {
        TrainingTemplate wild = new TrainingTemplate(2, 128, 1e30, 1e30, 0, 1, 0, 0)
                .withSharding(new ShardingTemplate(Strategy.FULLY_SHARDED, 2, 1, TablePlacement.Kind.REPLICATED, 1));
        ModelSpecification specification = PlantedExamples.specification(
                specification(Paradigm.SPARSE_NN).network().architecture(), DataTemplate.PLAIN, wild);

        assertThatThrownBy(() -> new ModelTrainer().train(specification, ROWS, 1))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("learning rates");
    }
}
