package dev.smt.training.sharding;

import dev.smt.nn.embedding.EmbeddingOptimizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes of each device under a layout. With N dense parameters in copies of k devices, L those of the largest layer, and s
 * floats of optimizer state per parameter:
 *
 * <ul>
 *   <li>replicated: 8 N parameters (the optimizer's and the engine's copy), 4 s N state, 8 N gradients;
 *   <li>sharded, with n = N / k, rounded up: 4 n parameters, 4 L gathered, 4 s n state, 4 n + 8 L gradients;
 *   <li>a table of r rows and width w on the device: 4 r (w + 1) parameters and 4 r (1 + state of a row).
 * </ul>
 */
final class MemoryFormulas {
    private final ModelSize model;
    private final EmbeddingOptimizer embedding;
    private final int stateFloats;
    private final int batchSize;

    /** @param stateFloats s */
    MemoryFormulas(ModelSize model, EmbeddingOptimizer embedding, int stateFloats, int batchSize) {
        this.model = model;
        this.embedding = embedding;
        this.stateFloats = stateFloats;
        this.batchSize = batchSize;
    }

    List<DeviceMemory> of(ShardingLayout layout) {
        List<DeviceMemory> devices = new ArrayList<>();
        for (int device = 0; device < layout.devices(); device++) {
            Map<MemoryUse, Long> bytes = new EnumMap<>(MemoryUse.class);
            dense(layout, device, bytes);
            for (TableSize table : model.tables()) {
                table(table, layout.table(table.name()), device, bytes);
            }
            for (TableSize table : model.replicated()) {
                table(table, TablePlacement.REPLICATED, device, bytes);
            }
            long rows = (batchSize + layout.devices() - 1) / layout.devices();
            bytes.put(MemoryUse.ACTIVATIONS, Float.BYTES * rows * model.activationsPerRow());
            devices.add(new DeviceMemory(bytes));
        }
        return devices;
    }

    private void dense(ShardingLayout layout, int device, Map<MemoryUse, Long> bytes) {
        if (layout.strategy() == Strategy.DATA_PARALLEL) {
            bytes.put(MemoryUse.PARAMETERS, 8L * model.parameters());
            bytes.put(MemoryUse.GRADIENTS, 8L * model.parameters());
            bytes.put(MemoryUse.OPTIMIZER_STATE, 4L * stateFloats * model.parameters());
            return;
        }
        long own = Range.part(device % layout.sharing(), layout.sharing(), model.parameters())
                .length();
        bytes.put(MemoryUse.PARAMETERS, 4 * own);
        bytes.put(MemoryUse.GATHERED_LAYER, 4L * model.largestLayer());
        bytes.put(MemoryUse.OPTIMIZER_STATE, 4 * stateFloats * own);
        bytes.put(MemoryUse.GRADIENTS, 4 * own + 8L * model.largestLayer());
    }

    private void table(TableSize table, TablePlacement placement, int device, Map<MemoryUse, Long> bytes) {
        int shard = placement.devices().indexOf(device);
        int rows = table.rows();
        int width = table.width();
        if (placement.kind() != TablePlacement.Kind.REPLICATED && shard < 0) {
            return;
        }
        if (placement.kind() == TablePlacement.Kind.ROW_WISE) {
            rows = Math.max(0, (rows - shard + placement.shards() - 1) / placement.shards());
        } else if (placement.kind() == TablePlacement.Kind.COLUMN_WISE) {
            width /= placement.shards();
        }
        bytes.merge(MemoryUse.TABLE_PARAMETERS, TableSize.parameterBytes(rows, width), Long::sum);
        bytes.merge(MemoryUse.TABLE_STATE, TableSize.stateBytes(rows, width, embedding), Long::sum);
    }
}
