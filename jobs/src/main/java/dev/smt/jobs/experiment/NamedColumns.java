package dev.smt.jobs.experiment;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.ingest.SqlFailure;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** The columns that the user named: each a column of the input or an expression over them. Problems are collected. */
final class NamedColumns {
    private final Dataset<Row> input;
    private final ConfigProblems problems;

    NamedColumns(Dataset<Row> input, ConfigProblems problems) {
        this.input = input;
        this.problems = problems;
    }

    /** A number as double; null and a problem where it is none. */
    Column number(String option, String text, String name) {
        Column column = column(option, text);
        type(option, text, column).ifPresent(type -> {
            if (!(type instanceof NumericType) && type != DataTypes.BooleanType && type != DataTypes.NullType) {
                problems.add(option + " is \"" + text + "\", of the type " + type.sql()
                        + "; allowed: a column or expression of numbers or booleans");
            }
        });
        return column.cast(DataTypes.DoubleType).as(name);
    }

    /** A number that may not be asked for; then null in every row. */
    Column number(String option, Optional<String> text, String name) {
        return text.map(given -> number(option, given, name))
                .orElseGet(() -> functions.lit(null).cast(DataTypes.DoubleType).as(name));
    }

    /** A text, such as an id or the name of an arm. */
    Column text(String option, String text, String name) {
        Column column = column(option, text);
        type(option, text, column);
        return column.cast(DataTypes.StringType).as(name);
    }

    /** A text that may not be asked for; then no letters. */
    Column text(String option, Optional<String> text, String name) {
        return text.map(given -> text(option, given, name))
                .orElseGet(() -> functions.lit("").as(name));
    }

    private Column column(String option, String text) {
        if (Arrays.asList(input.columns()).contains(text)) {
            return input.col("`" + text.replace("`", "``") + "`");
        }
        try {
            return functions.expr(text);
        } catch (Exception failure) {
            note(option, text, failure);
            return functions.lit(null);
        }
    }

    private Optional<DataType> type(String option, String text, Column column) {
        try {
            // Beside the input's columns: an aggregate can't stand there.
            Dataset<Row> beside = input.select(functions.col("*"), column.as("asked"));
            return Optional.of(
                    beside.schema().fields()[beside.columns().length - 1].dataType());
        } catch (Exception failure) {
            note(option, text, failure);
            return Optional.empty();
        }
    }

    private void note(String option, String text, Exception failure) {
        if (!(failure instanceof SparkThrowable)) {
            throw new IllegalStateException(option + " is \"" + text + "\"", failure);
        }
        problems.add(option + " is \"" + text + "\"; allowed: a column of the input ("
                + String.join(", ", Arrays.stream(input.columns()).limit(30).toList())
                + (input.columns().length > 30 ? ", ..." : "") + ") or an expression over them: "
                + SqlFailure.line(failure));
    }
}
