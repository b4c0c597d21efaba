package dev.smt.nn.embedding;

/** A table as it was at some step, the optimizer's state included. Takes as much memory as the table has in use. */
public final class EmbeddingSnapshot {
    private final EmbeddingTable table;
    private float[][] copies = {};
    private int rows;

    /** A snapshot of this table, not yet taken. */
    public EmbeddingSnapshot(EmbeddingTable table) {
        this.table = table;
    }

    /** Remembers the table as it is now, between two steps. */
    public void take() {
        rows = Math.toIntExact(table.allocatedRows());
        copies = table.copyOfChunks();
    }

    /** Makes the table what it was; rows that were first used later begin anew. */
    public void restore() {
        table.restore(copies, rows);
    }
}
