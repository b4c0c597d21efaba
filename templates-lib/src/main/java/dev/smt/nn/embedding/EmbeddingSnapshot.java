package dev.smt.nn.embedding;

import java.util.Arrays;

/** A table as it was at some step, the optimizer's state included. Takes as much memory as the table has in use. */
public final class EmbeddingSnapshot {
    private final EmbeddingTable table;
    private final float[][] copies;

    /** A snapshot of this table, not yet taken. */
    public EmbeddingSnapshot(EmbeddingTable table) {
        this.table = table;
        this.copies = new float[table.chunkCount()][];
    }

    /** Remembers the table as it is now, between two steps. */
    public void take() {
        for (int index = 0; index < copies.length; index++) {
            float[] chunk = table.allocated(index);
            if (chunk != null && copies[index] != null) {
                System.arraycopy(chunk, 0, copies[index], 0, chunk.length);
            } else if (chunk != null) {
                copies[index] = chunk.clone();
            }
        }
    }

    /** Makes the table what it was; rows that were first used later begin anew. */
    public void restore() {
        for (int index = 0; index < copies.length; index++) {
            table.replace(index, copies[index] == null ? null : Arrays.copyOf(copies[index], copies[index].length));
        }
    }
}
