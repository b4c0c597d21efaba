package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.smt.jobs.ingest.SplitConfiguration.Shares;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Where validation and test rows begin; one pair for all pipelines.
 *
 * @param validationFrom milliseconds since the epoch
 * @param testFrom milliseconds since the epoch
 */
record TimeBounds(long validationFrom, long testFrom) implements Serializable {
    /** Shares of rows are exact to this part of the time range, whatever the number of rows. */
    private static final int BINS = 65_536;

    /** Whether kept training rows, all before one time, remain training rows; shares move on with the rows. */
    static boolean mayKeep(SplitConfiguration split, EarlierTraining kept) {
        return split instanceof Shares
                || given((SplitConfiguration.TimeBounds) split).validationFrom() >= kept.until();
    }

    private static TimeBounds given(SplitConfiguration.TimeBounds bounds) {
        return new TimeBounds(millis(bounds.validationFrom()), millis(bounds.testFrom()));
    }

    /**
     * Settles the bounds; shares look at the times of {@code rows}.
     *
     * @param firstTime of rows that are kept besides
     */
    static TimeBounds of(SplitConfiguration split, Dataset<Row> rows, Optional<Long> firstTime) {
        if (split instanceof SplitConfiguration.TimeBounds bounds) {
            return given(bounds);
        }
        Shares shares = (Shares) split;
        Row range = rows.agg(min(ExampleColumns.TIME), max(ExampleColumns.TIME)).head();
        if (range.isNullAt(0)) {
            return new TimeBounds(0, 0);
        }
        long first = Math.min(range.getLong(0), firstTime.orElse(Long.MAX_VALUE));
        long span = range.getLong(1) - first + 1;
        double beforeValidation = 1 - shares.validation() - shares.test();
        double beforeTest = 1 - shares.test();
        if (!shares.ofRows()) {
            return new TimeBounds(first + (long) (span * beforeValidation), first + (long) (span * beforeTest));
        }
        return ofRows(rows, first, Math.max(1, (span + BINS - 1) / BINS), beforeValidation, beforeTest);
    }

    /** The split of rows of a time, milliseconds since the epoch. */
    Split splitOf(long time) {
        return time < validationFrom ? Split.TRAIN : time < testFrom ? Split.VALIDATION : Split.TEST;
    }

    /** The split's ordinal; as {@link #splitOf}, and that of test rows without a time. */
    Column split() {
        Column time = col(ExampleColumns.TIME);
        return when(time.lt(validationFrom), Split.TRAIN.ordinal())
                .when(time.lt(testFrom), Split.VALIDATION.ordinal())
                .otherwise(Split.TEST.ordinal())
                .as(ExampleColumns.SPLIT);
    }

    private static TimeBounds ofRows(
            Dataset<Row> rows, long first, long width, double beforeValidation, double beforeTest) {
        Column bin =
                floor(col(ExampleColumns.TIME).minus(first).divide(lit(width))).cast(DataTypes.LongType);
        List<Row> bins = rows.where(col(ExampleColumns.TIME).isNotNull())
                .groupBy(bin.as("bin"))
                .agg(count(lit(1)).as("rows"))
                .orderBy("bin")
                .collectAsList();
        long total = bins.stream().mapToLong(one -> one.getLong(1)).sum();
        return new TimeBounds(
                first + width * binAfter(bins, total * beforeValidation),
                first + width * binAfter(bins, total * beforeTest));
    }

    /** The first bin with at least that many rows before it. */
    private static long binAfter(List<Row> bins, double rowsBefore) {
        long before = 0;
        for (Row bin : bins) {
            if (before >= rowsBefore) {
                return bin.getLong(0);
            }
            before += bin.getLong(1);
        }
        return bins.get(bins.size() - 1).getLong(0) + 1;
    }

    private static long millis(Instant instant) {
        return instant.equals(Instant.MAX) ? Long.MAX_VALUE : instant.toEpochMilli();
    }
}
