package dev.smt.training.sharding;

import java.util.List;

/**
 * What of a model takes memory.
 *
 * @param tables that can be sharded
 * @param replicated tables that can't
 * @param parameters N, number of dense parameters, with the gaps that align them; 1 or more
 * @param largestLayer L, number of those of the layer that has most
 * @param activationsPerRow numbers that a training keeps of each row of a batch, an estimate
 */
public record ModelSize(
        List<TableSize> tables, List<TableSize> replicated, int parameters, int largestLayer, long activationsPerRow) {
    public ModelSize {
        tables = List.copyOf(tables);
        replicated = List.copyOf(replicated);
        if (parameters < 1 || largestLayer < 1 || largestLayer > parameters || activationsPerRow < 0) {
            throw new IllegalArgumentException("a model of " + parameters + " dense parameters, its largest layer of "
                    + largestLayer + ", with " + activationsPerRow
                    + " numbers per row; allowed: 1 or more, 1 to all of them, 0 or more");
        }
    }
}
