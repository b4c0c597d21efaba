package dev.smt.training.sharding;

import java.util.Map;
import java.util.Objects;

/**
 * What every device of a training has.
 *
 * @param strategy of the dense parameters, not {@link Strategy#NONE}
 * @param devices W
 * @param sharing devices that share one copy of the dense parameters, a divisor of W; 1: every device has one
 * @param tables by feature; the tables of features that are missing are replicated
 */
public record ShardingLayout(Strategy strategy, int devices, int sharing, Map<String, TablePlacement> tables) {
    public ShardingLayout {
        Objects.requireNonNull(strategy, "strategy");
        tables = Map.copyOf(tables);
        if (strategy == Strategy.NONE || devices < 1 || sharing < 1 || devices % sharing != 0) {
            throw new IllegalArgumentException("strategy " + strategy + " on " + devices + " devices, " + sharing
                    + " to a copy; allowed: another strategy than NONE, 1 device or more, a divisor of their number");
        }
        int count = devices;
        tables.forEach((feature, placement) -> {
            if (placement.devices().stream().anyMatch(device -> device >= count)) {
                throw new IllegalArgumentException("the table of " + feature + " is on the devices "
                        + placement.devices() + "; there are " + count + ", numbered from 0");
            }
        });
    }

    /** Where a feature's table is. */
    public TablePlacement table(String feature) {
        return tables.getOrDefault(feature, TablePlacement.REPLICATED);
    }
}
