package dev.smt.training.sharding;

import java.util.List;
import java.util.Objects;

/**
 * Where an embedding table is.
 *
 * @param kind how it is spread
 * @param devices of its shards, in their order, each device at most once; none where it is replicated
 */
public record TablePlacement(Kind kind, List<Integer> devices) {
    /** On every device. */
    public static final TablePlacement REPLICATED = new TablePlacement(Kind.REPLICATED, List.of());

    /** How a table is spread. */
    public enum Kind {
        /** Every device has all of it. */
        REPLICATED,
        /** Shard s of k has the rows r with r % k = s. */
        ROW_WISE,
        /** Each of k shards has D / k columns of all rows. */
        COLUMN_WISE
    }

    public TablePlacement {
        Objects.requireNonNull(kind, "kind");
        devices = List.copyOf(devices);
        boolean replicated = kind == Kind.REPLICATED;
        if (replicated != devices.isEmpty()
                || devices.stream().distinct().count() != devices.size()
                || devices.stream().anyMatch(device -> device < 0)) {
            throw new IllegalArgumentException("a table is " + kind + " on the devices " + devices
                    + "; allowed: none for REPLICATED, else at least one, each once, from 0 on");
        }
    }

    /** Number of shards; 1 where it is replicated. */
    public int shards() {
        return Math.max(1, devices.size());
    }
}
