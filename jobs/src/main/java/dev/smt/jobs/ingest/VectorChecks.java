package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.expr;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Finds pretrained vectors of another width than their feature's, or with numbers that are not finite. */
final class VectorChecks {
    private final InputConfiguration input;

    VectorChecks(InputConfiguration input) {
        this.input = input;
    }

    /** For each vector feature the number of wrong rows, and one of them. */
    List<Column> counts() {
        List<Column> counts = new ArrayList<>();
        for (int i = 0; i < input.features().size(); i++) {
            if (input.features().get(i).encoding() instanceof Vector vector) {
                String column = ExampleColumns.feature(i);
                String wrong = column + " IS NOT NULL AND (size(" + column + ") <> " + vector.width() + " OR exists("
                        + column + ", x -> x IS NULL OR isnan(x) OR abs(x) = double('infinity')))";
                String example = "concat(coalesce(cast(" + column + " AS STRING), 'null'), ' in the row of time ',"
                        + " coalesce(cast(" + ExampleColumns.TIME + " AS STRING), 'null'), ' and hash ', "
                        + RawRows.ROW_HASH + ")";
                counts.add(expr("sum(if(" + wrong + ", 1, 0))").as("wrong_vectors_" + i));
                counts.add(expr("max(if(" + wrong + ", " + example + ", NULL))").as("wrong_vector_" + i));
            }
        }
        return counts;
    }

    /** Reports what was counted. */
    void note(List<Row> found, ConfigProblems problems) {
        for (int i = 0; i < input.features().size(); i++) {
            FeatureConfiguration feature = input.features().get(i);
            if (feature.encoding() instanceof Vector vector) {
                String column = "_" + i;
                long wrong = found.stream()
                        .mapToLong(row -> row.<Long>getAs("wrong_vectors" + column))
                        .sum();
                String example = found.stream()
                        .map(row -> row.<String>getAs("wrong_vector" + column))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("");
                if (wrong > 0) {
                    problems.add("input.features." + feature.name() + " is \"" + feature.sql() + "\": " + wrong
                            + " rows have another value, such as " + example + "; allowed: " + vector.width()
                            + " finite numbers");
                }
            }
        }
    }
}
