package dev.smt.jobs.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Rows, as Delta's kernel asks for them.
 *
 * @param schema of the table; a column that the rows lack is empty
 * @param columns of the rows
 */
record CellBatch(StructType schema, List<String> columns, List<Row> rows) implements ColumnarBatch {
    @Override
    public StructType getSchema() {
        return schema;
    }

    @Override
    public int getSize() {
        return rows.size();
    }

    @Override
    public ColumnVector getColumnVector(int number) {
        StructField field = schema.at(number);
        int at = columns.indexOf(field.getName());
        return new CellColumn(
                field.getDataType(),
                rows.stream().map(row -> at < 0 ? null : row.get(at)).toList());
    }
}
