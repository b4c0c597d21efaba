package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.training.DeviceRuns.Run;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.sharding.MemoryUse;
import dev.smt.training.sharding.ModelSize;
import dev.smt.training.sharding.ShardingLayout;
import dev.smt.training.sharding.ShardingPlan;
import dev.smt.training.sharding.Strategy;
import dev.smt.training.sharding.TablePlacement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedTablesTest {
    private static final EncodedExamples ROWS = PlantedExamples.of(1_200, 1);

    private static ModelSpecification specification(EmbeddingOptimizer.Kind embedding) {
        TrainingTemplate training =
                PlantedExamples.training(1, 128).withOptimizer(OptimizerTemplate.DEFAULT.withEmbedding(embedding, 0));
        return PlantedExamples.specification(Paradigm.SPARSE_NN, training);
    }

    private static TablePlacement on(TablePlacement.Kind kind, int first, int shards, int devices) {
        return new TablePlacement(
                kind,
                IntStream.range(0, shards)
                        .mapToObj(shard -> (first + shard) % devices)
                        .toList());
    }

    /** The loss of the first step sees initial vectors only: equal bits mean equal lookups. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void lookupsOfColumnShardsHaveTheBitsOfReplicatedTables(int shards) {
        DeviceRuns runs = new DeviceRuns(specification(EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD), ROWS, 3);
        Map<String, TablePlacement> tables = Map.of(
                "user", on(TablePlacement.Kind.COLUMN_WISE, 1, shards, 8),
                "history", on(TablePlacement.Kind.COLUMN_WISE, 0, shards, 8));

        Run replicated = runs.over(new ShardingLayout(Strategy.DATA_PARALLEL, 8, 1, Map.of()), 1);
        Run sharded = runs.over(new ShardingLayout(Strategy.DATA_PARALLEL, 8, 1, tables), 1);

        assertThat(sharded.losses()).isEqualTo(replicated.losses());
        assertThat(sharded.dense()).isEqualTo(replicated.dense());
    }

    /** The state of these optimizers is per element, so the shards move as the whole table. */
    @ParameterizedTest
    @EnumSource(
            value = EmbeddingOptimizer.Kind.class,
            names = {"ADAGRAD", "SGD"})
    void columnShardsEndAsWholeTables(EmbeddingOptimizer.Kind optimizer) {
        DeviceRuns runs = new DeviceRuns(specification(optimizer), ROWS, 3);
        Map<String, TablePlacement> tables = Map.of(
                "user",
                on(TablePlacement.Kind.COLUMN_WISE, 0, 2, 3),
                "ad",
                on(TablePlacement.Kind.COLUMN_WISE, 2, 2, 3));
        Run alone = runs.alone(8);
        Run sharded = runs.over(new ShardingLayout(Strategy.FULLY_SHARDED, 3, 3, tables), 8);

        for (int table = 0; table < alone.tables().size(); table++) {
            float[] expected = alone.tables().get(table);
            float[] values = sharded.tables().get(table);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(values[i] - expected[i])).isLessThanOrEqualTo(1e-5f);
            }
        }
    }

    /** By property: random layouts; every table has so few rows that all have memory after one lookup. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void planHasTheBytesThatARunCounts(long seed) {
        Random random = new Random(seed);
        int sharing = 1 + random.nextInt(3);
        int devices = sharing * (1 + random.nextInt(2));
        Strategy strategy =
                sharing == 1 ? Strategy.DATA_PARALLEL : sharing == devices ? Strategy.FULLY_SHARDED : Strategy.HYBRID;
        Map<String, TablePlacement> tables = new TreeMap<>();
        for (String feature : List.of("user", "ad", "noise", "history")) {
            int kind = devices == 1 ? 0 : random.nextInt(3);
            if (kind == 1) {
                tables.put(feature, on(TablePlacement.Kind.ROW_WISE, random.nextInt(devices), devices, devices));
            } else if (kind == 2 && devices >= 2) {
                tables.put(feature, on(TablePlacement.Kind.COLUMN_WISE, random.nextInt(devices), 2, devices));
            }
        }
        ModelSpecification specification = pooled(
                random.nextBoolean() ? EmbeddingOptimizer.Kind.ADAGRAD : EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD,
                SequencePooling.SUM);
        ShardingLayout layout = new ShardingLayout(strategy, devices, sharing, tables);
        assertPlanned(specification, layout);
    }

    @ParameterizedTest
    @EnumSource(
            value = SequencePooling.class,
            names = {"POSITION_WEIGHTED", "SELF_ATTENTION"})
    void planHasTheBytesOfTablesThatAreAlwaysReplicated(SequencePooling pooling) {
        ModelSpecification specification = pooled(EmbeddingOptimizer.Kind.SGD, pooling);

        assertPlanned(specification, new ShardingLayout(Strategy.FULLY_SHARDED, 2, 2, Map.of()));
    }

    @ParameterizedTest
    @EnumSource(EmbeddingOptimizer.Kind.class)
    void heapHoldsTheTablesOfTheNetworkAndTheirState(EmbeddingOptimizer.Kind kind) {
        ModelSpecification specification = pooled(kind, SequencePooling.SUM);
        EmbeddingOptimizer optimizer = specification.training().embeddingOptimizer();
        ModelSize size = ModelSizes.of(specification);

        long bytes = Stream.concat(size.tables().stream(), size.replicated().stream())
                .mapToLong(table -> 4L * table.rows() * (table.width() + 1 + optimizer.stateSize(table.width()) + 1))
                .sum();

        assertThat(ModelSizes.tableBytes(specification)).isEqualTo(bytes).isPositive();
    }

    private static ModelSpecification pooled(EmbeddingOptimizer.Kind optimizer, SequencePooling pooling) {
        ModelSpecification plain = specification(optimizer);
        NetworkSpecification network = plain.network();
        return new ModelSpecification(
                new NetworkSpecification(network.architecture(), network.features(), 5, pooling, network.events()),
                plain.data(),
                plain.training(),
                "0");
    }

    private static void assertPlanned(ModelSpecification specification, ShardingLayout layout) {
        ShardingPlan plan = ModelSizes.planner(specification).of(layout);
        Run run = new DeviceRuns(specification, ROWS, 3).over(layout, 3);

        for (int device = 0; device < layout.devices(); device++) {
            for (MemoryUse use : MemoryUse.values()) {
                long counted = run.meters().get(device).peak(use);
                if (use == MemoryUse.ACTIVATIONS) {
                    assertThat(counted)
                            .isLessThanOrEqualTo(plan.devices().get(device).of(use));
                } else {
                    assertThat(counted)
                            .as("%s of device %s of %s", use, device, layout)
                            .isEqualTo(plan.devices().get(device).of(use));
                }
            }
        }
    }
}
