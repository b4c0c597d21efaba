package dev.smt.nn.embedding;

import dev.smt.data.Mixing;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The embedding vectors of one feature, in JVM memory. Beside its vector of width D a row has a first-order weight, which
 * goes straight into the logit, and its optimizer's state.
 *
 * <p>Rows come in chunks that are allocated when one of their rows is first used, so neither time nor memory depends on
 * the size of the vocabulary. A row's initial vector depends on seed and row only, not on the order of use. Not
 * thread-safe: a table belongs to one training.
 */
public final class EmbeddingTable {
    /** Rows that are fetched together: enough for the memory's queues, few enough for the first-level cache. */
    static final int FETCHED_ROWS = 64;

    /** Small, because the first rows of a training are spread over all chunks, and each costs its initial values. */
    private static final int MIN_CHUNK_BITS = 4;

    /** Larger tables have larger chunks instead of more. */
    private static final int MAX_CHUNKS = 1 << 20;

    private final int rows;
    private final int dimension;
    private final int stride;
    private final float initialScale;
    private final long seed;
    private final EmbeddingOptimizer optimizer;
    private final TablePart part;
    private final int chunkBits;
    private final float[][] chunks;
    /** Of no meaning; without it the loads of {@link #fetch} would be taken out as useless. */
    private float fetched;

    /** Rows from here on begin at zero. */
    private int zerosFrom;

    /** A new table that row-wise AdaGrad moves. */
    public EmbeddingTable(int rows, int dimension, float initialScale, long seed) {
        this(rows, dimension, initialScale, seed, EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD.create(0));
    }

    /**
     * A new table.
     *
     * @param rows at least 1
     * @param dimension D, at least 1
     * @param initialScale vectors start uniform in [-initialScale, initialScale), first-order weights at 0
     * @param seed of the initial vectors
     * @param optimizer moves the rows
     */
    public EmbeddingTable(int rows, int dimension, float initialScale, long seed, EmbeddingOptimizer optimizer) {
        this(TablePart.whole(rows, dimension), initialScale, seed, optimizer);
    }

    /**
     * A part of a table, with rows and columns of its own that start as the whole table's.
     *
     * @param seed of the whole table's initial vectors, as is the scale
     */
    public EmbeddingTable(TablePart part, float initialScale, long seed, EmbeddingOptimizer optimizer) {
        int rows = part.rows();
        int dimension = part.width();
        if (rows < 1 || dimension < 1) {
            throw new IllegalArgumentException(
                    "an embedding table of " + rows + " rows and width " + dimension + "; allowed: 1 or more each");
        }
        this.rows = rows;
        this.dimension = dimension;
        this.stride = dimension + 2 + optimizer.stateSize(dimension);
        this.initialScale = initialScale;
        this.seed = seed;
        this.optimizer = optimizer;
        this.part = part;
        this.zerosFrom = rows;
        this.chunkBits = Math.max(MIN_CHUNK_BITS, 32 - Integer.numberOfLeadingZeros((rows - 1) / MAX_CHUNKS));
        this.chunks = new float[((rows - 1) >>> chunkBits) + 1][];
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

    /** Bytes of the vectors and first-order weights that have memory so far. */
    public long parameterBytes() {
        return allocatedRows() * (dimension + 1) * Float.BYTES;
    }

    /** Bytes that the rows with memory have beside their parameters: the optimizer's state, and one inner field. */
    public long stateBytes() {
        return allocatedRows() * (stride - dimension - 1) * Float.BYTES;
    }

    /** Copies the parameters of the rows that have memory to their places in the whole table. */
    public void copyTo(EmbeddingTable whole) {
        for (int index = 0; index < chunks.length; index++) {
            int count = chunks[index] == null ? 0 : chunks[index].length / stride;
            for (int place = 0; place < count; place++) {
                int row = part.wholeRow(rowAt(index, place));
                float[] to = whole.chunk(row);
                int offset = whole.offset(row);
                System.arraycopy(chunks[index], place * stride, to, offset + part.firstColumn(), dimension);
                if (part.firstColumn() == 0) {
                    to[offset + whole.dimension] = chunks[index][place * stride + dimension];
                }
            }
        }
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

    /** The chunk that has a row; the row begins at {@link #offset}: vector, first-order weight, the
     * optimizer's state, then inner fields. */
    public float[] chunk(int row) {
        float[] chunk = chunks[row >>> chunkBits];
        return chunk == null ? allocate(row >>> chunkBits) : chunk;
    }

    /** Where a row begins in its chunk. */
    public int offset(int row) {
        return (row & ((1 << chunkBits) - 1)) * stride;
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
        return (int) chunk[offset + stride - 1] - 1;
    }

    /** Stored as a float in the row itself (exact up to 2^24), because the row's cache line is at hand. */
    void setSlot(float[] chunk, int offset, int slot) {
        chunk[offset + stride - 1] = slot + 1;
    }

    /**
     * Moves a row, which leaves the batch's gradient.
     *
     * @param gradient holds g [D] from {@code at}, then the first-order weight's gradient
     */
    void update(int row, float[] gradient, int at, float rate) {
        float[] chunk = chunk(row);
        int offset = offset(row);
        optimizer.update(chunk, offset, dimension, gradient, at, rate);
        chunk[offset + stride - 1] = 0;
    }

    int chunkOf(int row) {
        return row >>> chunkBits;
    }

    /** A row's number in its chunk. */
    int placeOf(int row) {
        return row & ((1 << chunkBits) - 1);
    }

    int rowAt(int chunk, int place) {
        return (chunk << chunkBits) + place;
    }

    /** Rows of a chunk; the last one may have fewer. */
    int chunkRows() {
        return 1 << chunkBits;
    }

    int chunkCount() {
        return chunks.length;
    }

    /** A chunk, or null where none of its rows was used. */
    float[] allocated(int index) {
        return chunks[index];
    }

    /** Puts a chunk in place of another; null: its rows begin anew when they are used. */
    void replace(int index, float[] chunk) {
        chunks[index] = chunk;
    }

    /** Lets the rows from here on that were not used yet begin at zero. */
    void zerosFrom(int row) {
        zerosFrom = row;
    }

    /** The rows whose vector or first-order weight isn't what it was in the beginning, rising. */
    int[] movedRows() {
        IntStream.Builder moved = IntStream.builder();
        for (int index = 0; index < chunks.length; index++) {
            if (chunks[index] != null) {
                float[] initial = initial(index);
                for (int at = 0; at < initial.length; at += stride) {
                    if (!Arrays.equals(chunks[index], at, at + dimension + 1, initial, at, at + dimension + 1)) {
                        moved.add(rowAt(index, at / stride));
                    }
                }
            }
        }
        return moved.build().toArray();
    }

    private float[] allocate(int index) {
        chunks[index] = initial(index);
        return chunks[index];
    }

    /** The rows of a chunk as they begin. */
    private float[] initial(int index) {
        int count = Math.min(chunkRows(), rows - (index << chunkBits));
        float[] chunk = new float[count * stride];
        for (int r = 0; r < Math.min(count, zerosFrom - (index << chunkBits)); r++) {
            long state = Mixing.mix(seed ^ Mixing.mix((long) part.wholeRow(rowAt(index, r))));
            for (int d = 0; d < dimension; d++) {
                int column = part.firstColumn() + d;
                // Each 64 random bits are enough for two values.
                long bits = Mixing.mix(state + (column >> 1)) << (column % 2 * 32);
                chunk[r * stride + d] = initialScale * (bits >> 32) * 0x1p-31f;
            }
        }
        return chunk;
    }
}
