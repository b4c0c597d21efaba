package dev.smt.training.sharding;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a template's trainings are spread over devices. On a CPU threads stand in for devices, each with memory of its own.
 *
 * @param strategy of the dense parameters
 * @param devices W, 1 to 256
 * @param group devices that share one copy of the dense parameters; with {@link Strategy#HYBRID} it divides W and is 2 to
 *     below W, else 1
 * @param tables how the embedding tables of ids and sequences are spread
 * @param columnShards k, number of column shards of a table: 2 to W where the tables are column-wise, else 1
 */
public record ShardingTemplate(Strategy strategy, int devices, int group, TablePlacement.Kind tables, int columnShards)
        implements Serializable {
    /** On one device. */
    public static final ShardingTemplate DEFAULT =
            new ShardingTemplate(Strategy.NONE, 1, 1, TablePlacement.Kind.REPLICATED, 1);

    private static final int MOST_DEVICES = 256;

    public ShardingTemplate {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(tables, "tables");
        List<String> problems = new ArrayList<>();
        int most = strategy == Strategy.NONE ? 1 : MOST_DEVICES;
        if (devices < 1 || devices > most) {
            problems.add("devices is " + devices + "; allowed with strategy " + label(strategy) + ": 1"
                    + (most > 1 ? " to " + most : ", or another strategy"));
        } else {
            checkGroup(problems, strategy, devices, group);
            checkTables(problems, devices, tables, columnShards);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void checkGroup(List<String> problems, Strategy strategy, int devices, int group) {
        if (strategy == Strategy.HYBRID) {
            if (group < 2 || group >= devices || devices % group != 0) {
                problems.add("group is " + group + " of " + devices
                        + " devices; allowed: a divisor of their number, 2 to below it");
            }
        } else if (group != 1) {
            problems.add(
                    "group is " + group + " with strategy " + label(strategy) + "; allowed: 1, or strategy hybrid");
        }
    }

    private static void checkTables(List<String> problems, int devices, TablePlacement.Kind tables, int columnShards) {
        if (tables == TablePlacement.Kind.COLUMN_WISE) {
            if (columnShards < 2 || columnShards > devices) {
                problems.add("column-shards is " + columnShards + "; allowed: 2 to the number of devices, " + devices);
            }
        } else if (columnShards != 1) {
            problems.add("column-shards is " + columnShards + " with tables " + label(tables)
                    + "; allowed: 1, or tables column-wise");
        }
        if (devices == 1 && tables != TablePlacement.Kind.REPLICATED) {
            problems.add("tables is " + label(tables) + " on one device; allowed: replicated, or more devices");
        }
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whether a training is spread at all. */
    public boolean isOn() {
        return strategy != Strategy.NONE;
    }

    /** Devices that share one copy of the dense parameters. */
    public int sharing() {
        return switch (strategy) {
            case FULLY_SHARDED -> devices;
            case HYBRID -> group;
            case NONE, DATA_PARALLEL -> 1;
        };
    }
}
