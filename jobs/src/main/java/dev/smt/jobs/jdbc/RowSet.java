package dev.smt.jobs.jdbc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.hive.service.rpc.thrift.TBinaryColumn;
import org.apache.hive.service.rpc.thrift.TBoolColumn;
import org.apache.hive.service.rpc.thrift.TByteColumn;
import org.apache.hive.service.rpc.thrift.TColumn;
import org.apache.hive.service.rpc.thrift.TColumnDesc;
import org.apache.hive.service.rpc.thrift.TDoubleColumn;
import org.apache.hive.service.rpc.thrift.TI16Column;
import org.apache.hive.service.rpc.thrift.TI32Column;
import org.apache.hive.service.rpc.thrift.TI64Column;
import org.apache.hive.service.rpc.thrift.TRowSet;
import org.apache.hive.service.rpc.thrift.TStringColumn;
import org.apache.hive.service.rpc.thrift.TTableSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows and their columns as the protocol sends them since its version 6: column by column, with a bitmap of the empty cells. */
final class RowSet {
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private RowSet() {}

    static TTableSchema schema(StructType schema) {
        TTableSchema columns = new TTableSchema();
        columns.setColumns(new ArrayList<>());
        for (StructField field : schema.fields()) {
            TColumnDesc column = new TColumnDesc(
                    field.name(),
                    ColumnType.of(field.dataType()).described(field.dataType()),
                    columns.getColumnsSize() + 1);
            column.setComment(Catalog.comment(field));
            columns.addToColumns(column);
        }
        return columns;
    }

    /**
     * A piece of a result.
     *
     * @param schema of the result
     * @param rows cells in the form of {@link ColumnType#sent}
     * @param offset rows before these
     */
    static TRowSet of(StructType schema, List<Row> rows, long offset) {
        TRowSet set = new TRowSet(offset, List.of());
        set.setColumns(new ArrayList<>());
        for (int i = 0; i < schema.length(); i++) {
            set.addToColumns(column(ColumnType.of(schema.apply(i).dataType()), rows, i));
        }
        return set;
    }

    private static TColumn column(ColumnType type, List<Row> rows, int i) {
        return switch (type) {
            case BOOLEAN -> TColumn.boolVal(filled(rows, i, cell -> (Boolean) cell, false, TBoolColumn::new));
            case TINYINT -> TColumn.byteVal(filled(rows, i, cell -> (Byte) cell, (byte) 0, TByteColumn::new));
            case SMALLINT -> TColumn.i16Val(filled(rows, i, cell -> (Short) cell, (short) 0, TI16Column::new));
            case INT -> TColumn.i32Val(filled(rows, i, cell -> (Integer) cell, 0, TI32Column::new));
            case BIGINT -> TColumn.i64Val(filled(rows, i, cell -> (Long) cell, 0L, TI64Column::new));
                // By its digits: 0.1 is to stay 0.1.
            case FLOAT -> TColumn.doubleVal(
                    filled(rows, i, cell -> Double.valueOf(cell.toString()), 0.0, TDoubleColumn::new));
            case DOUBLE -> TColumn.doubleVal(filled(rows, i, cell -> (Double) cell, 0.0, TDoubleColumn::new));
            case BINARY -> TColumn.binaryVal(
                    filled(rows, i, cell -> ByteBuffer.wrap((byte[]) cell), NO_BYTES, TBinaryColumn::new));
            case DECIMAL, STRING, DATE, TIMESTAMP, ARRAY, MAP, STRUCT -> TColumn.stringVal(
                    filled(rows, i, Object::toString, "", TStringColumn::new));
        };
    }

    private static <V, C> C filled(
            List<Row> rows,
            int column,
            Function<Object, V> value,
            V empty,
            BiFunction<List<V>, ByteBuffer, C> columnOf) {
        List<V> values = new ArrayList<>(rows.size());
        BitSet nulls = new BitSet();
        for (Row row : rows) {
            if (row.isNullAt(column)) {
                nulls.set(values.size());
                values.add(empty);
            } else {
                values.add(value.apply(row.get(column)));
            }
        }
        // A byte even where nothing is empty: some drivers read the first without looking.
        byte[] bitmap = new byte[1 + nulls.length() / Byte.SIZE];
        byte[] bits = nulls.toByteArray();
        System.arraycopy(bits, 0, bitmap, 0, bits.length);
        return columnOf.apply(values, ByteBuffer.wrap(bitmap));
    }
}
