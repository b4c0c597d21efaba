package dev.smt.jobs.table;

import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** A query's rows in other types. */
public final class ConvertedColumns {
    private ConvertedColumns() {}

    /**
     * Rows whose columns were converted, in their order. By place, since a query may have two columns of one name; so the
     * names of the result mean nothing.
     */
    public static Dataset<Row> of(Dataset<Row> rows, BiFunction<StructField, Column, Column> conversion) {
        StructField[] fields = rows.schema().fields();
        String[] places =
                IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new);
        Column[] columns = IntStream.range(0, fields.length)
                .mapToObj(i -> conversion.apply(fields[i], functions.col(places[i])))
                .toArray(Column[]::new);
        return rows.toDF(places).select(columns);
    }
}
