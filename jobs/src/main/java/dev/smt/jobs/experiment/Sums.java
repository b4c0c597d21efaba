package dev.smt.jobs.experiment;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.SqlFailure;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings summed rows to the driver: few, or it is the wrong column. */
final class Sums {
    private static final int MOST = 10_000;

    private Sums() {}

    /**
     * The rows.
     *
     * @param option whose values make the groups
     * @throws InvalidInputException when the data can't be read or computed, there are no rows, or too many
     */
    static List<Row> collect(Dataset<Row> groups, String option) {
        List<Row> rows = collected(groups.limit(MOST + 1));
        if (rows.isEmpty()) {
            throw new InvalidInputException("--input has no rows; allowed: at least two units");
        }
        if (rows.size() > MOST) {
            throw new InvalidInputException(option + " has more than " + MOST
                    + " different values (over all experiments); allowed: a column with few");
        }
        return rows;
    }

    /** All rows, of data that the user gave. */
    static List<Row> collected(Dataset<Row> rows) {
        try {
            return rows.collectAsList();
        } catch (RuntimeException failure) {
            throw SqlFailure.ofUser(failure)
                    .map(line -> (RuntimeException) new InvalidInputException("--input can't be evaluated: " + line))
                    .orElse(failure);
        } catch (Exception failure) {
            throw SqlFailure.ofUser(failure)
                    .map(line -> (RuntimeException) new InvalidInputException("--input can't be evaluated: " + line))
                    .orElseGet(() -> new IllegalStateException(failure));
        }
    }
}
