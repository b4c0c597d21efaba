package dev.smt.data;

import java.lang.reflect.Array;
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
    private final int rows;
    /** Numbers as their bits. */
    private final int[][] blocks;

    /** Writes a column's values from a row on to every so many-th place of a block. */
    private interface Copy {
        void column(int column, int row, int[] to, int width);
    }

    private RowMajorColumns(int[] lengths, Copy copy) {
        this.width = lengths.length;
        this.rows = rows(lengths);
        this.blocks = new int[(rows + BLOCK_MASK) >>> BLOCK_BITS][];
        for (int block = 0; block < blocks.length; block++) {
            int row = block << BLOCK_BITS;
            blocks[block] = new int[Math.min(BLOCK_MASK + 1, rows - row) * width];
            for (int column = 0; column < width; column++) {
                copy.column(column, row, blocks[block], width);
            }
        }
    }

    /**
     * A copy of id columns.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public static RowMajorColumns ofIds(List<int[]> columns) {
        return new RowMajorColumns(lengths(columns), (number, first, to, width) -> {
            int[] column = columns.get(number);
            for (int at = number, row = first; at < to.length; at += width) {
                to[at] = column[row++];
            }
        });
    }

    /**
     * A copy of columns of numbers.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public static RowMajorColumns ofNumbers(List<float[]> columns) {
        return new RowMajorColumns(lengths(columns), (number, first, to, width) -> {
            float[] column = columns.get(number);
            for (int at = number, row = first; at < to.length; at += width) {
                to[at] = Float.floatToRawIntBits(column[row++]);
            }
        });
    }

    private static int[] lengths(List<?> columns) {
        return columns.stream().mapToInt(Array::getLength).toArray();
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

    /** A number. */
    public float number(int row, int column) {
        return Float.intBitsToFloat(id(row, column));
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
