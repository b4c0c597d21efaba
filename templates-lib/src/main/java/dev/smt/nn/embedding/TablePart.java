package dev.smt.nn.embedding;

/**
 * The rows and columns of an embedding table that one device has: of the rows every so many-th, of the columns a range.
 *
 * @param rows number of rows of the part, 1 or more
 * @param firstRow the whole table's row that is row 0 here
 * @param rowStep the next row here is so many further in the whole table, 1 or more
 * @param firstColumn the whole table's column that is column 0 here
 * @param width number of columns of the part, 1 or more
 */
public record TablePart(int rows, int firstRow, int rowStep, int firstColumn, int width) {
    public TablePart {
        if (firstRow < 0 || rowStep < 1 || firstColumn < 0) {
            throw new IllegalArgumentException("a table part from row " + firstRow + " by " + rowStep + " and column "
                    + firstColumn + "; allowed: 0 or more by 1 or more, and 0 or more");
        }
    }

    /** All of a table. */
    public static TablePart whole(int rows, int width) {
        return new TablePart(rows, 0, 1, 0, width);
    }

    /**
     * One of so many column tables of equal width (column-wise sharding).
     *
     * @param shard from 0 to before {@code shards}
     * @throws IllegalArgumentException when the shards don't divide the width
     */
    public static TablePart columns(int rows, int width, int shard, int shards) {
        if (shards < 1 || width % shards != 0) {
            throw new IllegalArgumentException("a table of width " + width + " in " + shards
                    + " column shards; allowed: a number that divides the width");
        }
        return new TablePart(rows, 0, 1, shard * (width / shards), width / shards);
    }

    /**
     * The rows r with r % shards = shard (row-wise sharding).
     *
     * @param shard from 0 to before {@code shards}, and before {@code rows}
     */
    public static TablePart rows(int rows, int width, int shard, int shards) {
        return new TablePart((rows - shard + shards - 1) / shards, shard, shards, 0, width);
    }

    /** The whole table's row. */
    int wholeRow(int row) {
        return firstRow + row * rowStep;
    }
}
