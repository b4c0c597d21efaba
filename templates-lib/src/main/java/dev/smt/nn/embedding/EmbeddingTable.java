package dev.smt.nn.embedding;

import dev.smt.data.Mixing;

/**
 * The embedding vectors of one feature, in JVM memory. Beside its vector of width D a row has a first-order weight, which
 * goes straight into the logit, and the accumulators of row-wise AdaGrad.
 *
 * <p>Rows come in chunks that are allocated when one of their rows is first used, so neither time nor memory depends on
 * the size of the vocabulary. A row's initial vector depends on seed and row only, not on the order of use. Not
 * thread-safe: a table belongs to one training.
 */
public final class EmbeddingTable {
    /** Rows that are fetched together: enough for the memory's queues, few enough for the first-level cache. */
    static final int FETCHED_ROWS = 64;

    /** Small, because the first rows of a training are spread over all chunks, and each costs its initial values. */
    private static final int CHUNK_BITS = 4;

    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

    /** Keeps the first step finite where a gradient is 0. */
    private static final float EPSILON = 1e-8f;

    private final int rows;
    private final int dimension;
    private final int stride;
    private final float initialScale;
    private final long seed;
    private final float[][] chunks;
    /** Of no meaning; without it the loads of {@link #fetch} would be taken out as useless. */
    private float fetched;

    /**
     * A new table.
     *
     * @param rows at least 1
     * @param dimension D, at least 1
     * @param initialScale vectors start uniform in [-initialScale, initialScale), first-order weights at 0
     * @param seed of the initial vectors
     */
    public EmbeddingTable(int rows, int dimension, float initialScale, long seed) {
        if (rows < 1 || dimension < 1) {
            throw new IllegalArgumentException(
                    "an embedding table of " + rows + " rows and width " + dimension + "; allowed: 1 or more each");
        }
        this.rows = rows;
        this.dimension = dimension;
        this.stride = dimension + 4;
        this.initialScale = initialScale;
        this.seed = seed;
        this.chunks = new float[(rows + CHUNK_ROWS - 1) >>> CHUNK_BITS][];
    }

    public int rows() {
        return rows;
    }

    public int dimension() {
        return dimension;
    }

    /** Rows that have memory so far. */
    public long allocatedRows() {
        long allocated = 0;
        for (float[] chunk : chunks) {
            allocated += chunk == null ? 0 : chunk.length / stride;
        }
        return allocated;
    }

    /** The row of an id: the id itself, or where the table is capped and the id is beyond it, a hash; 0 stays 0. */
    public int rowOf(int id) {
        if (id < rows) {
            return id;
        }
        return rows == 1 ? 0 : 1 + (int) Long.remainderUnsigned(Mixing.mix(id), rows - 1L);
    }

    /** A copy of a row's vector [D]. */
    public float[] vector(int row) {
        float[] vector = new float[dimension];
        System.arraycopy(chunk(row), offset(row), vector, 0, dimension);
        return vector;
    }

    /** A row's first-order weight. */
    public float firstOrder(int row) {
        return chunk(row)[offset(row) + dimension];
    }

    /** Overwrites a row's vector [D] and first-order weight. */
    public void set(int row, float[] vector, float firstOrder) {
        System.arraycopy(vector, 0, chunk(row), offset(row), dimension);
        chunk(row)[offset(row) + dimension] = firstOrder;
    }

    /** The chunk that has a row; the row begins at {@link #offset}: vector, first-order weight, then inner fields. */
    public float[] chunk(int row) {
        float[] chunk = chunks[row >>> CHUNK_BITS];
        return chunk == null ? allocate(row >>> CHUNK_BITS) : chunk;
    }

    /** Where a row begins in its chunk. */
    public int offset(int row) {
        return (row & (CHUNK_ROWS - 1)) * stride;
    }

    /**
     * Brings rows into the cache. Their misses then overlap: one by one, each would wait for the arithmetic between.
     *
     * @param rows those from {@code begin} to before {@code end}; more than {@link #FETCHED_ROWS} would push one another
     *     out again
     */
    void fetch(int[] rows, int begin, int end) {
        float sum = 0;
        for (int i = begin; i < end; i++) {
            float[] chunk = chunk(rows[i]);
            int offset = offset(rows[i]);
            sum += chunk[offset] + chunk[offset + stride - 1];
        }
        fetched = sum;
    }

    /** The place of a row in the current batch's gradient, or -1. */
    int slot(float[] chunk, int offset) {
        return (int) chunk[offset + dimension + 3] - 1;
    }

    /** Stored as a float in the row itself (exact up to 2^24), because the row's cache line is at hand. */
    void setSlot(float[] chunk, int offset, int slot) {
        chunk[offset + dimension + 3] = slot + 1;
    }

    /**
     * Row-wise AdaGrad (one accumulator per row: the mean of its squared gradient, as in FBGEMM): G += mean(g * g),
     * v -= rate * g / sqrt(G). The first-order weight has its own accumulator. The row leaves the batch's gradient.
     *
     * @param gradient holds g [D] from {@code at}, then the first-order weight's gradient
     */
    void update(int row, float[] gradient, int at, float rate) {
        float[] chunk = chunk(row);
        int offset = offset(row);
        int end = offset + dimension;
        chunk[end + 1] += squares(gradient, at) / dimension;
        float step = rate / ((float) Math.sqrt(chunk[end + 1]) + EPSILON);
        for (int d = 0; d < dimension; d++) {
            chunk[offset + d] -= step * gradient[at + d];
        }
        float g = gradient[at + dimension];
        chunk[end + 2] += g * g;
        chunk[end] -= rate * g / ((float) Math.sqrt(chunk[end + 2]) + EPSILON);
        chunk[end + 3] = 0;
    }

    /** Four sums side by side: one alone would wait for each addition. */
    private float squares(float[] gradient, int at) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = at;
        int end = at + dimension;
        for (; i + 3 < end; i += 4) {
            a += gradient[i] * gradient[i];
            b += gradient[i + 1] * gradient[i + 1];
            c += gradient[i + 2] * gradient[i + 2];
            d += gradient[i + 3] * gradient[i + 3];
        }
        for (; i < end; i++) {
            a += gradient[i] * gradient[i];
        }
        return (a + b) + (c + d);
    }

    private float[] allocate(int index) {
        int count = Math.min(CHUNK_ROWS, rows - (index << CHUNK_BITS));
        float[] chunk = new float[count * stride];
        for (int r = 0; r < count; r++) {
            long state = Mixing.mix(seed ^ Mixing.mix((long) (index << CHUNK_BITS) + r));
            for (int d = 0; d < dimension; d++) {
                // Each 64 random bits are enough for two values.
                long bits = Mixing.mix(state + (d >> 1)) << (d % 2 * 32);
                chunk[r * stride + d] = initialScale * (bits >> 32) * 0x1p-31f;
            }
        }
        chunks[index] = chunk;
        return chunk;
    }
}
