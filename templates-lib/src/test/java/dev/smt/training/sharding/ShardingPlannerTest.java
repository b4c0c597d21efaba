package dev.smt.training.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.nn.embedding.EmbeddingOptimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardingPlannerTest {
    private static final TableSize LARGE = new TableSize("large", 1_000, 16);
    private static final TableSize SMALL = new TableSize("small", 10, 16);
    /** Bytes of a row of width w: w + 1 parameters, 2 of state, 1 inner field. */
    private static final long LARGE_BYTES = 4L * 1_000 * (16 + 4);

    private static final long SMALL_BYTES = 4L * 10 * (16 + 4);
    /** Bytes of 1,000 dense parameters on a device that has all: 8 of values, 12 of state, 8 of gradients each. */
    private static final long DENSE_BYTES = 28_000;

    private static ShardingPlanner planner(List<TableSize> tables, long activationsPerRow) {
        ModelSize model = new ModelSize(tables, List.of(), 1_000, 100, activationsPerRow);
        return new ShardingPlanner(model, EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD.create(0), 3, 64);
    }

    @Test
    void everythingIsReplicatedWhereItFits() {
        ShardingPlan plan = planner(List.of(LARGE, SMALL), 0).plan(4, DENSE_BYTES + LARGE_BYTES + SMALL_BYTES);

        assertThat(plan.layout().strategy()).isEqualTo(Strategy.DATA_PARALLEL);
        assertThat(plan.layout().table("large")).isEqualTo(TablePlacement.REPLICATED);
        assertThat(plan.layout().table("small")).isEqualTo(TablePlacement.REPLICATED);
        assertThat(plan.most()).isEqualTo(DENSE_BYTES + LARGE_BYTES + SMALL_BYTES);
    }

    @Test
    void oneByteLessAndTheLargestTableIsInTwoColumnShards() {
        ShardingPlan plan = planner(List.of(SMALL, LARGE), 0).plan(4, DENSE_BYTES + LARGE_BYTES + SMALL_BYTES - 1);

        assertThat(plan.layout().strategy()).isEqualTo(Strategy.DATA_PARALLEL);
        assertThat(plan.layout().table("large"))
                .isEqualTo(new TablePlacement(TablePlacement.Kind.COLUMN_WISE, List.of(0, 1)));
        assertThat(plan.layout().table("small")).isEqualTo(TablePlacement.REPLICATED);
        assertThat(plan.devices().get(0).total()).isEqualTo(DENSE_BYTES + 4L * 1_000 * (8 + 4) + SMALL_BYTES);
        assertThat(plan.devices().get(2).total()).isEqualTo(DENSE_BYTES + SMALL_BYTES);
    }

    @Test
    void rowsAreSharedOutWhereColumnsDontDo() {
        // Rows on 4 devices: 250 x 20 floats each; 4 column shards: 1,000 x (4 + 4).
        ShardingPlan plan = planner(List.of(LARGE), 0).plan(4, DENSE_BYTES + 4L * 250 * 20);

        assertThat(plan.layout().table("large").kind()).isEqualTo(TablePlacement.Kind.ROW_WISE);
        assertThat(plan.layout().table("large").devices()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void denseParametersAreSpreadNoFurtherThanNeeded() {
        ShardingPlanner planner = planner(List.of(), 0);
        long group = 4L * 500 + 400 + 12L * 500 + 4L * 500 + 800;
        long all = 4L * 250 + 400 + 12L * 250 + 4L * 250 + 800;

        assertThat(planner.plan(4, DENSE_BYTES).layout().strategy()).isEqualTo(Strategy.DATA_PARALLEL);
        assertThat(planner.plan(4, DENSE_BYTES - 1).layout().strategy()).isEqualTo(Strategy.HYBRID);
        assertThat(planner.plan(4, group).layout().sharing()).isEqualTo(2);
        assertThat(planner.plan(4, group - 1).layout().strategy()).isEqualTo(Strategy.FULLY_SHARDED);
        assertThat(planner.plan(4, all).most()).isEqualTo(all);
        assertThat(planner.plan(3, DENSE_BYTES - 1).layout().strategy()).isEqualTo(Strategy.FULLY_SHARDED);
    }

    @Test
    void whatDoesNotFitIsRefusedWithWhatWouldDo() {
        ShardingPlanner planner = planner(List.of(LARGE), 0);
        long memory = 20_000;

        Throwable refusal = org.assertj.core.api.Assertions.catchThrowable(() -> planner.plan(4, memory));

        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("doesn't fit on 4 devices of 20000 bytes")
                .hasMessageContaining("a device needs " + (4L * 250 + 400 + 12L * 250 + 4L * 250 + 800 + 20_000))
                .hasMessageContaining("6200 more than it has")
                .hasMessageContaining("training.batch-size");
        Matcher enough = Pattern.compile("take (\\d+) devices").matcher(refusal.getMessage());
        assertThat(enough.find()).isTrue();
        int devices = Integer.parseInt(enough.group(1));
        assertThat(planner.plan(devices, memory).most()).isLessThanOrEqualTo(memory);
        assertThatThrownBy(() -> planner.plan(devices - 1, memory)).hasMessageContaining("doesn't fit");
    }

    @Test
    void whatNoNumberOfDevicesMendsIsSaid() {
        // 64 rows of 10,000 numbers on 256 devices: a row each is 40,000 bytes.
        assertThatThrownBy(() -> planner(List.of(), 10_000).plan(2, 30_000))
                .hasMessageContaining("256 of these don't do it either");
        assertThatThrownBy(() -> planner(List.of(), 0).plan(0, 100)).hasMessageContaining("0 devices of 100 bytes");
        assertThatThrownBy(() -> planner(List.of(), 0).plan(257, 100)).hasMessageContaining("1 to 256");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void plansFitAndAreTheSameEachTime(long seed) {
        Random random = new Random(seed);
        List<TableSize> tables = new ArrayList<>();
        for (int table = 0; table < 6; table++) {
            tables.add(new TableSize("t" + table, 1 + random.nextInt(3_000), 1 << random.nextInt(6)));
        }
        int devices = 1 + random.nextInt(12);
        long memory = 20_000 + random.nextInt(400_000);
        ShardingPlanner planner = planner(tables, random.nextInt(20));
        try {
            ShardingPlan plan = planner.plan(devices, memory);
            assertThat(plan.most()).isLessThanOrEqualTo(memory);
            assertThat(plan.devices()).hasSize(devices);
            assertThat(planner.plan(devices, memory)).isEqualTo(plan);
            assertThat(planner.plan(devices, memory).text())
                    .isEqualTo(plan.text())
                    .contains("device 0: ");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("more than it has");
        }
    }
}
