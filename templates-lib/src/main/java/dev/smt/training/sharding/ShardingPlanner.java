package dev.smt.training.sharding;

import dev.smt.nn.embedding.EmbeddingOptimizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Proposes how to spread a model over devices of limited memory, with as little traffic as fits: the dense part data
 * parallel, else hybrid in groups as small as possible, else fully sharded. For each of these the tables are gone through,
 * the smallest first: a table is replicated where that leaves room for the others row-wise, else it becomes as few column
 * shards as fit, else it is row-wise over all devices. Deterministic.
 */
public final class ShardingPlanner {
    private static final int MOST_DEVICES = 256;

    private final ModelSize model;
    private final MemoryFormulas formulas;
    private final List<TableSize> smallestFirst;

    /**
     * A planner for a model.
     *
     * @param embedding optimizer of the tables
     * @param stateFloats floats that the dense optimizer keeps per parameter
     * @param batchSize rows of a batch, of all devices together
     */
    public ShardingPlanner(ModelSize model, EmbeddingOptimizer embedding, int stateFloats, int batchSize) {
        this.model = model;
        this.formulas = new MemoryFormulas(model, embedding, stateFloats, batchSize);
        this.smallestFirst = model.tables().stream()
                .sorted(Comparator.comparingLong(
                                (TableSize table) -> TableSize.parameterBytes(table.rows(), table.width()))
                        .thenComparing(TableSize::name))
                .toList();
    }

    /**
     * The plan.
     *
     * @param devices W, 1 to 256
     * @param memory bytes of each device
     * @throws IllegalArgumentException when no plan fits, with the bytes that are missing and what would mend it
     */
    public ShardingPlan plan(int devices, long memory) {
        if (devices < 1 || devices > MOST_DEVICES || memory < 1) {
            throw new IllegalArgumentException(
                    devices + " devices of " + memory + " bytes; allowed: 1 to " + MOST_DEVICES + ", 1 or more");
        }
        return fitting(devices, memory).orElseThrow(() -> new IllegalArgumentException(refusal(devices, memory)));
    }

    /** The memory of each device under a layout of one's own. */
    public ShardingPlan of(ShardingLayout layout) {
        return new ShardingPlan(layout, formulas.of(layout));
    }

    private Optional<ShardingPlan> fitting(int devices, long memory) {
        for (int sharing = 1; sharing <= devices; sharing++) {
            if (devices % sharing == 0) {
                Optional<ShardingPlan> plan = fitting(strategy(sharing, devices), devices, sharing, memory);
                if (plan.isPresent()) {
                    return plan;
                }
            }
        }
        return Optional.empty();
    }

    private static Strategy strategy(int sharing, int devices) {
        if (sharing == 1) {
            return Strategy.DATA_PARALLEL;
        }
        return sharing == devices ? Strategy.FULLY_SHARDED : Strategy.HYBRID;
    }

    private Optional<ShardingPlan> fitting(Strategy strategy, int devices, int sharing, long memory) {
        ShardingPlan plan = of(smallest(strategy, devices, sharing));
        if (plan.most() > memory) {
            return Optional.empty();
        }
        for (TableSize table : smallestFirst) {
            for (TablePlacement placement : placements(table, plan)) {
                ShardingPlan next = of(with(plan.layout(), table, placement));
                if (next.most() <= memory) {
                    plan = next;
                    break;
                }
            }
        }
        return Optional.of(plan);
    }

    /** The layout with every table row-wise. */
    private ShardingLayout smallest(Strategy strategy, int devices, int sharing) {
        Map<String, TablePlacement> tables = new TreeMap<>();
        if (devices > 1) {
            model.tables().forEach(table -> tables.put(table.name(), rowWise(devices)));
        }
        return new ShardingLayout(strategy, devices, sharing, tables);
    }

    private static TablePlacement rowWise(int devices) {
        return new TablePlacement(
                TablePlacement.Kind.ROW_WISE,
                IntStream.range(0, devices).boxed().toList());
    }

    /** What to try in place of row-wise, the best first; column shards go to the devices that have most room. */
    private List<TablePlacement> placements(TableSize table, ShardingPlan plan) {
        int devices = plan.devices().size();
        List<TablePlacement> placements = new ArrayList<>();
        placements.add(TablePlacement.REPLICATED);
        List<DeviceMemory> others =
                of(with(plan.layout(), table, TablePlacement.REPLICATED)).devices();
        List<Integer> emptiest = IntStream.range(0, devices)
                .boxed()
                .sorted(Comparator.comparingLong(
                        (Integer device) -> others.get(device).total()))
                .toList();
        for (int shards = 2; shards <= Math.min(devices, table.width()); shards++) {
            if (table.width() % shards == 0) {
                placements.add(new TablePlacement(TablePlacement.Kind.COLUMN_WISE, emptiest.subList(0, shards)));
            }
        }
        return placements;
    }

    private static ShardingLayout with(ShardingLayout layout, TableSize table, TablePlacement placement) {
        Map<String, TablePlacement> tables = new TreeMap<>(layout.tables());
        tables.put(table.name(), placement);
        return new ShardingLayout(layout.strategy(), layout.devices(), layout.sharing(), tables);
    }

    private String refusal(int devices, long memory) {
        ShardingPlan smallest = of(smallest(strategy(devices, devices), devices, devices));
        for (int sharing = 1; sharing < devices; sharing++) {
            if (devices % sharing == 0) {
                ShardingPlan other = of(smallest(strategy(sharing, devices), devices, sharing));
                smallest = other.most() < smallest.most() ? other : smallest;
            }
        }
        long most = smallest.most();
        DeviceMemory worst = smallest.devices().stream()
                .filter(device -> device.total() == most)
                .findFirst()
                .orElseThrow();
        Optional<Integer> enough = IntStream.rangeClosed(devices + 1, MOST_DEVICES)
                .boxed()
                .filter(count -> fitting(count, memory).isPresent())
                .findFirst();
        String mend = enough.map(count -> "take " + count + " devices, or devices of " + most + " bytes")
                .orElse("take devices of more memory: " + MOST_DEVICES + " of these don't do it either");
        return "the model doesn't fit on " + devices + " devices of " + memory + " bytes: spread as far as it goes ("
                + smallest.layout().strategy() + ", tables row-wise) a device needs " + worst + ", "
                + (most - memory) + " more than it has; " + mend + ", or lower training.batch-size, the tables' rows"
                + " (architecture.embedding-buckets) or the layers' widths";
    }
}
