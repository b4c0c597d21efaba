package dev.smt.training.sharding;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A proposal of what each device has, and the memory that takes.
 *
 * @param devices memory of each
 */
public record ShardingPlan(ShardingLayout layout, List<DeviceMemory> devices) {
    public ShardingPlan {
        devices = List.copyOf(devices);
    }

    /** The most bytes that a device needs. */
    public long most() {
        return devices.stream().mapToLong(DeviceMemory::total).max().orElse(0);
    }

    /** One line for the dense part, one for each table, one for each device. */
    public String text() {
        StringBuilder text = new StringBuilder("dense parameters: ").append(label(layout.strategy()));
        if (layout.sharing() > 1) {
            text.append(", ").append(layout.sharing()).append(" devices to a copy");
        }
        text.append('\n');
        new TreeMap<>(layout.tables()).forEach((feature, table) -> text.append("table ")
                .append(feature)
                .append(": ")
                .append(label(table.kind()))
                .append(table.devices().isEmpty() ? "" : " on devices " + table.devices())
                .append('\n'));
        for (int device = 0; device < devices.size(); device++) {
            text.append("device ")
                    .append(device)
                    .append(": ")
                    .append(devices.get(device))
                    .append('\n');
        }
        return text.toString();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
