package dev.smt.nn.embedding;

import java.util.Arrays;

/**
 * Where the rows of a table lie that were used so far: the first one used has place 0, and so on. So what is used lies
 * together, however many rows the table has. Memory: 4 bytes per used row, and pages of 64 KiB where used rows are.
 */
final class RowPlaces {
    /** What {@link #of} says of a row that was not used. */
    static final int NONE = -1;

    private static final int PAGE_BITS = 14;
    private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

    private final int tableRows;
    /** Place + 1 by row; 0: none. */
    private final int[][] pages;

    private int[] rows = new int[16];
    private int count;

    /** Of a table of so many rows, none of which was used. */
    RowPlaces(int tableRows) {
        this.tableRows = tableRows;
        this.pages = new int[((tableRows - 1) >>> PAGE_BITS) + 1][];
    }

    int of(int row) {
        int[] page = pages[row >>> PAGE_BITS];
        return page == null ? NONE : page[row & PAGE_MASK] - 1;
    }

    /** The row at a place. */
    int row(int place) {
        return rows[place];
    }

    int count() {
        return count;
    }

    /** Gives a row that has none the next place. */
    int add(int row) {
        int number = row >>> PAGE_BITS;
        if (pages[number] == null) {
            pages[number] = new int[Math.min(PAGE_MASK + 1, tableRows - (number << PAGE_BITS))];
        }
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, Math.min(tableRows, 2 * count));
        }
        rows[count] = row;
        pages[number][row & PAGE_MASK] = ++count;
        return count - 1;
    }

    /** Forgets all places from here on. */
    void truncate(int places) {
        for (int place = places; place < count; place++) {
            pages[rows[place] >>> PAGE_BITS][rows[place] & PAGE_MASK] = 0;
        }
        count = places;
    }
}
