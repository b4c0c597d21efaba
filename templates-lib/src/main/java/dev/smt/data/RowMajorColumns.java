package dev.smt.data;

import java.util.Arrays;
import java.util.List;

/**
 * Columns of ids or numbers, copied so that a row's values lie side by side. Batches take rows in random order: from columns each
 * value is a cache miss of its own, here a row is a few.
 */
public final class RowMajorColumns {
    /** Rows of a block, so that no array is longer than the JVM allows. */
    private static final int BLOCK_BITS = 12;

    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;

    private final int width;
    /** Numbers as their bits. */
    private final int[][] blocks;

    private RowMajorColumns(int width, int rows) {
        this.width = width;
        this.blocks = new int[(rows + BLOCK_MASK) >>> BLOCK_BITS][];
        Arrays.setAll(blocks, block -> new int[Math.min(BLOCK_MASK + 1, rows - (block << BLOCK_BITS)) * width]);
    }

    /**
     * A copy of id columns.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public static RowMajorColumns ofIds(List<int[]> columns) {
        RowMajorColumns turned = new RowMajorColumns(
                columns.size(),
                rows(columns.stream().mapToInt(column -> column.length).toArray()));
        for (int block = 0; block < turned.blocks.length; block++) {
            for (int c = 0; c < turned.width; c++) {
                int[] column = columns.get(c);
                int[] to = turned.blocks[block];
                int row = block << BLOCK_BITS;
                for (int at = c; at < to.length; at += turned.width) {
                    to[at] = column[row++];
                }
            }
        }
        return turned;
    }

    /**
     * A copy of columns of numbers.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public static RowMajorColumns ofNumbers(List<float[]> columns) {
        RowMajorColumns turned = new RowMajorColumns(
                columns.size(),
                rows(columns.stream().mapToInt(column -> column.length).toArray()));
        for (int block = 0; block < turned.blocks.length; block++) {
            for (int c = 0; c < turned.width; c++) {
                float[] column = columns.get(c);
                int[] to = turned.blocks[block];
                int row = block << BLOCK_BITS;
                for (int at = c; at < to.length; at += turned.width) {
                    to[at] = Float.floatToRawIntBits(column[row++]);
                }
            }
        }
        return turned;
    }

    private static int rows(int[] lengths) {
        if (Arrays.stream(lengths).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the columns have " + Arrays.toString(lengths) + " rows; expected the same");
        }
        return lengths.length == 0 ? 0 : lengths[0];
    }

    /** Number of columns. */
    public int width() {
        return width;
    }

    /** An id. */
    public int id(int row, int column) {
        return blocks[row >>> BLOCK_BITS][(row & BLOCK_MASK) * width + column];
    }

    /** Copies a row's numbers. */
    public void numbers(int row, float[] to, int at) {
        int[] block = blocks[row >>> BLOCK_BITS];
        int from = (row & BLOCK_MASK) * width;
        for (int c = 0; c < width; c++) {
            to[at + c] = Float.intBitsToFloat(block[from + c]);
        }
    }
}
