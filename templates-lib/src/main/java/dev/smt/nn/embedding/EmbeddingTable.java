package dev.smt.nn.embedding;

import dev.smt.data.Mixing;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The embedding vectors of one feature, in JVM memory. Beside its vector of width D a row has a first-order weight, which
 * goes straight into the logit, and its optimizer's state.
 *
 * <p>A row has memory from when it is first used: the used rows lie one after the other, in the order of their first use,
 * and have a place each. So neither time nor memory depends on the size of the vocabulary, and rows that are used
 * often, which are used early, lie close together. A row's initial vector depends on seed and row only. Not thread-safe: a
 * table belongs to one training.
 */
public final class EmbeddingTable {
    /** Rows that are fetched together: enough for the memory's queues, few enough for the first-level cache. */
    static final int FETCHED_ROWS = 64;

    /** Rows of a chunk: so few chunks that what the JVM keeps of each stays in the cache. */
    private static final int MAX_CHUNK_BITS = 11;

    private final int rows;
    private final int dimension;
    private final int stride;
    private final float initialScale;
    private final long seed;
    private final EmbeddingOptimizer optimizer;
    private final TablePart part;
    private final RowPlaces places;
    private final int chunkBits;
    private float[][] chunks = new float[1][];
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
        this.places = new RowPlaces(rows);
        this.chunkBits = Math.min(MAX_CHUNK_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(rows - 1));
    }

    public int rows() {
        return rows;
    }

    public int dimension() {
        return dimension;
    }

    /** Rows that have memory so far. */
    public long allocatedRows() {
        return places.count();
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
        for (int place = 0; place < places.count(); place++) {
            float[] from = chunk(place);
            int at = offset(place);
            int inWhole = whole.place(part.wholeRow(places.row(place)));
            float[] to = whole.chunk(inWhole);
            int offset = whole.offset(inWhole);
            System.arraycopy(from, at, to, offset + part.firstColumn(), dimension);
            if (part.firstColumn() == 0) {
                to[offset + whole.dimension] = from[at + dimension];
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
        int place = place(row);
        int offset = offset(place);
        return Arrays.copyOfRange(chunk(place), offset, offset + dimension);
    }

    /** A row's first-order weight. */
    public float firstOrder(int row) {
        int place = place(row);
        return chunk(place)[offset(place) + dimension];
    }

    /** Overwrites a row's vector [D] and first-order weight. */
    public void set(int row, float[] vector, float firstOrder) {
        int place = place(row);
        System.arraycopy(vector, 0, chunk(place), offset(place), dimension);
        chunk(place)[offset(place) + dimension] = firstOrder;
    }

    /** The place of a row, which has memory afterwards. */
    public int place(int row) {
        int place = places.of(row);
        return place == RowPlaces.NONE ? begin(row) : place;
    }

    /** The chunk that has the row at a place; the row begins at {@link #offset}: vector, first-order weight, the
     * optimizer's state, then inner fields. */
    public float[] chunk(int place) {
        return chunks[place >>> chunkBits];
    }

    /** Where the row at a place begins in its chunk. */
    public int offset(int place) {
        return (place & ((1 << chunkBits) - 1)) * stride;
    }

    /**
     * Brings rows into the cache. Their misses then overlap: one by one, each would wait for the arithmetic between.
     *
     * @param at places, those from {@code begin} to before {@code end}; more than {@link #FETCHED_ROWS} would push one
     *     another out again
     */
    void fetch(int[] at, int begin, int end) {
        float sum = 0;
        for (int i = begin; i < end; i++) {
            float[] chunk = chunk(at[i]);
            int offset = offset(at[i]);
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
     * Moves the row at a place, which leaves the batch's gradient.
     *
     * @param gradient holds g [D] from {@code at}, then the first-order weight's gradient
     */
    void update(int place, float[] gradient, int at, float rate) {
        float[] chunk = chunk(place);
        int offset = offset(place);
        optimizer.update(chunk, offset, dimension, gradient, at, rate);
        chunk[offset + stride - 1] = 0;
    }

    /** The row at a place. */
    int rowAt(int place) {
        return places.row(place);
    }

    /** Rows of a chunk. */
    int chunkRows() {
        return 1 << chunkBits;
    }

    /** Copies of the chunks that have rows. */
    float[][] copyOfChunks() {
        float[][] copies = new float[(places.count() + chunkRows() - 1) >>> chunkBits][];
        Arrays.setAll(copies, index -> chunks[index].clone());
        return copies;
    }

    /** Puts the chunks back that {@link #copyOfChunks} gave when the table had so many rows; later ones begin anew. */
    void restore(float[][] copies, int count) {
        places.truncate(count);
        for (int index = 0; index < copies.length; index++) {
            System.arraycopy(copies[index], 0, chunks[index], 0, copies[index].length);
        }
    }

    /** Lets the rows from here on that were not used yet begin at zero. */
    void zerosFrom(int row) {
        zerosFrom = row;
    }

    /** The rows whose vector or first-order weight isn't what it was in the beginning, rising. */
    int[] movedRows() {
        float[] initial = new float[stride];
        return IntStream.range(0, places.count())
                .filter(place -> {
                    initialize(places.row(place), initial, 0);
                    int at = offset(place);
                    return !Arrays.equals(chunk(place), at, at + dimension + 1, initial, 0, dimension + 1);
                })
                .map(places::row)
                .sorted()
                .toArray();
    }

    private int begin(int row) {
        int place = places.add(row);
        int index = place >>> chunkBits;
        if (index == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * index);
        }
        if (chunks[index] == null) {
            chunks[index] = new float[stride << chunkBits];
        }
        initialize(row, chunks[index], offset(place));
        return place;
    }

    /** Writes a row as it begins. */
    private void initialize(int row, float[] to, int at) {
        Arrays.fill(to, at, at + stride, 0);
        if (row >= zerosFrom) {
            return;
        }
        long state = Mixing.mix(seed ^ Mixing.mix((long) part.wholeRow(row)));
        for (int d = 0; d < dimension; d++) {
            int column = part.firstColumn() + d;
            // Each 64 random bits are enough for two values.
            long bits = Mixing.mix(state + (column >> 1)) << (column % 2 * 32);
            to[at + d] = initialScale * (bits >> 32) * 0x1p-31f;
        }
    }
}
