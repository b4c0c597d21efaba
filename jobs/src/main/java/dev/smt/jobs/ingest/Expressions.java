package dev.smt.jobs.ingest;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** The types of SQL expressions over a table's columns, found without touching any rows. */
final class Expressions {
    private Expressions() {}

    static DataType type(Dataset<Row> rows, String sql) {
        return types(rows, List.of(sql)).get(0);
    }

    /** In their order. They are looked at together, since each look goes through all of the table's columns. */
    static List<DataType> types(Dataset<Row> rows, List<String> expressions) {
        Column[] columns = IntStream.range(0, expressions.size())
                .mapToObj(i -> functions.expr(expressions.get(i)).as("e" + i))
                .toArray(Column[]::new);
        return Stream.of(rows.select(columns).schema().fields())
                .map(StructField::dataType)
                .toList();
    }
}
