package dev.smt.training.sharding;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Memory of one device.
 *
 * @param bytes by use, each the most at a time; {@link MemoryUse#ACTIVATIONS} is an estimate
 */
public record DeviceMemory(Map<MemoryUse, Long> bytes) {
    public DeviceMemory {
        bytes = Map.copyOf(bytes);
    }

    /** Bytes of a use. */
    public long of(MemoryUse use) {
        return bytes.getOrDefault(use, 0L);
    }

    /** Bytes of all uses. */
    public long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return total() + " bytes ("
                + new EnumMap<>(bytes)
                        .entrySet().stream()
                                .filter(use -> use.getValue() > 0)
                                .map(use -> use.getKey()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' ') + " " + use.getValue())
                                .collect(Collectors.joining(", "))
                + ")";
    }
}
