package dev.smt.nn.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What has to be kept of an embedding table to serve it: the rows that training moved. Of the others, those before
 * {@code zerosFrom} have the initial vectors that follow from the table's seed, and the later ones are zero.
 *
 * @param rows of the table
 * @param dimension D
 * @param format of the rows that are kept
 * @param zerosFrom from this row on, what is not kept is zero; {@code rows}: nothing is
 * @param numbers the rows that are kept, rising
 * @param content those rows, one after the other; must not be written to
 */
public record StoredRows(
        int rows, int dimension, EmbeddingFormat format, int zerosFrom, int[] numbers, byte[] content) {
    public StoredRows {
        Objects.requireNonNull(format, "format");
        if (rows < 1 || dimension < 1 || zerosFrom < 0 || zerosFrom > rows) {
            throw new IllegalArgumentException("a table of " + rows + " rows and width " + dimension
                    + ", zero from row " + zerosFrom + "; allowed: 1 or more each, zero from row 0 to " + rows);
        }
        long bytes = (long) numbers.length * format.bytesPerRow(dimension);
        if (content.length != bytes) {
            throw new IllegalArgumentException(numbers.length + " rows of width " + dimension + " in format " + format
                    + " are " + content.length + " bytes; expected " + bytes);
        }
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0 || numbers[i] >= rows || i > 0 && numbers[i] <= numbers[i - 1]) {
                throw new IllegalArgumentException("row number " + i + " is " + numbers[i] + "; allowed: 0 to "
                        + (rows - 1) + ", each above the one before");
            }
        }
    }

    /**
     * A table as it is to be served. Pruned are the rows that training never moved, the last ones first, and then those
     * whose vector and first-order weight together have the smallest Euclidean norms.
     *
     * @param prunedShare share of all rows that are served as zero, 0 to below 1
     */
    public static StoredRows of(EmbeddingTable table, EmbeddingFormat format, double prunedShare) {
        int[] moved = table.movedRows();
        int pruned = (int) Math.floor(prunedShare * table.rows());
        int unmoved = table.rows() - moved.length;
        int[] kept = pruned <= unmoved ? moved : largest(table, moved, table.rows() - pruned);
        int zerosFrom = pruned >= unmoved && pruned > 0 ? 0 : zerosFrom(table.rows(), moved, pruned);
        return new StoredRows(table.rows(), table.dimension(), format, zerosFrom, kept, encoded(table, format, kept));
    }

    /**
     * Makes a table what was kept.
     *
     * @param table new, of the same rows, width and seed as the one that was stored
     * @throws IllegalArgumentException when it has other rows or another width
     */
    public void into(EmbeddingTable table) {
        if (table.rows() != rows || table.dimension() != dimension) {
            throw new IllegalArgumentException("stored are " + rows + " rows of width " + dimension + "; the table has "
                    + table.rows() + " of width " + table.dimension());
        }
        table.zerosFrom(zerosFrom);
        ByteBuffer from = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        float[] row = new float[dimension + 1];
        for (int number : numbers) {
            format.decode(from, dimension, row);
            table.set(number, row, row[dimension]);
        }
    }

    /** Every row of a table, as it is. */
    public static StoredRows all(EmbeddingTable table) {
        int[] rows = IntStream.range(0, table.rows()).toArray();
        return new StoredRows(
                table.rows(),
                table.dimension(),
                EmbeddingFormat.FP32,
                table.rows(),
                rows,
                encoded(table, EmbeddingFormat.FP32, rows));
    }

    private static byte[] encoded(EmbeddingTable table, EmbeddingFormat format, int[] rows) {
        ByteBuffer content = ByteBuffer.allocate(Math.multiplyExact(rows.length, format.bytesPerRow(table.dimension())))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int row : rows) {
            int place = table.place(row);
            format.encode(table.chunk(place), table.offset(place), table.dimension(), content);
        }
        return content.array();
    }

    /** The first of the rows that are the last so many among those that were not moved. */
    private static int zerosFrom(int rows, int[] moved, int count) {
        int left = count;
        int next = moved.length - 1;
        int row = rows;
        while (left > 0) {
            row--;
            if (next >= 0 && moved[next] == row) {
                next--;
            } else {
                left--;
            }
        }
        return row;
    }

    /** Those with the largest norms; of equal ones, the first. */
    private static int[] largest(EmbeddingTable table, int[] numbers, int count) {
        List<Integer> sorted = IntStream.of(numbers)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -squaredNorm(table, row)))
                .toList();
        return sorted.subList(0, Math.min(count, sorted.size())).stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static double squaredNorm(EmbeddingTable table, int row) {
        int place = table.place(row);
        float[] chunk = table.chunk(place);
        int offset = table.offset(place);
        double sum = 0;
        for (int i = offset; i <= offset + table.dimension(); i++) {
            sum += (double) chunk[i] * chunk[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredRows that
                && rows == that.rows
                && dimension == that.dimension
                && format == that.format
                && zerosFrom == that.zerosFrom
                && Arrays.equals(numbers, that.numbers)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rows, dimension, format, zerosFrom, Arrays.hashCode(numbers), Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return numbers.length + " of " + rows + " rows of width " + dimension + " in format " + format;
    }
}
