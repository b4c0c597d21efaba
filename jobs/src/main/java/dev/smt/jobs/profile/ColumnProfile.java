package dev.smt.jobs.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sample of the rows says of one column.
 *
 * @param name in the data
 * @param type as Spark SQL writes it
 * @param kind of its values
 * @param missing share of the rows without a value
 * @param distinct how many values there are, about
 * @param range of numbers; empty where there is none
 * @param values all of them, the most frequent first, where they are few; else none
 * @param timeShare of texts: the share that can be read as a time
 * @param elements of lists, and of texts that look like lists
 * @param fillings how often there is a value beside the values of two-valued columns
 */
public record ColumnProfile(
        String name,
        String type,
        ColumnKind kind,
        double missing,
        long distinct,
        Optional<Range> range,
        List<ValueCount> values,
        double timeShare,
        Optional<Elements> elements,
        List<Filling> fillings) {
    public ColumnProfile {
        values = List.copyOf(values);
        fillings = List.copyOf(fillings);
    }

    /** Least, largest and mean number. */
    public record Range(double least, double most, double mean) {}

    /** A value as text and how many rows of the sample have it. */
    public record ValueCount(String value, long rows) {}

    /**
     * The elements of lists.
     *
     * @param splitting SQL that makes an array of a text, with {@code %s} for the column; {@code %s} alone for arrays
     * @param mean number of elements
     * @param least of a row
     * @param most of a row
     */
    public record Elements(String splitting, double mean, int least, int most) {}

    /**
     * The share of rows in which this column has a value that is neither empty nor 0.
     *
     * @param by a column of two values
     * @param share by value of that column
     */
    public record Filling(String by, Map<String, Double> share) {
        public Filling {
            share = Map.copyOf(share);
        }
    }

    ColumnProfile withFillings(List<Filling> found) {
        return new ColumnProfile(name, type, kind, missing, distinct, range, values, timeShare, elements, found);
    }

    ColumnProfile withValues(List<ValueCount> found) {
        // Few values are counted one by one: their number is exact.
        return new ColumnProfile(name, type, kind, missing, found.size(), range, found, timeShare, elements, fillings);
    }

    /** The column in SQL. */
    String sql() {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }

    /** Whether nearly every row has a value of its own; {@code rows} were sampled. */
    boolean isNearlyUnique(long rows) {
        return distinct > 100 && distinct >= 0.9 * rows * (1 - missing);
    }
}
