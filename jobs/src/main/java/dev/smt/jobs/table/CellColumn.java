package dev.smt.jobs.table;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The cells of a column, as Delta's kernel asks for them.
 *
 * @param type of the column
 * @param cells as a row of Spark has them; an empty one is null
 */
record CellColumn(DataType type, List<?> cells) implements ColumnVector {
    @Override
    public DataType getDataType() {
        return type;
    }

    @Override
    public int getSize() {
        return cells.size();
    }

    @Override
    public boolean isNullAt(int row) {
        return cells.get(row) == null;
    }

    @Override
    public boolean getBoolean(int row) {
        return (Boolean) cells.get(row);
    }

    @Override
    public int getInt(int row) {
        return (Integer) cells.get(row);
    }

    /** A time is its microseconds since the epoch. */
    @Override
    public long getLong(int row) {
        Object cell = cells.get(row);
        return cell instanceof Timestamp time
                ? ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant())
                : (Long) cell;
    }

    @Override
    public double getDouble(int row) {
        return (Double) cells.get(row);
    }

    @Override
    public String getString(int row) {
        return (String) cells.get(row);
    }

    @Override
    public ArrayValue getArray(int row) {
        List<?> elements = CollectionConverters.asJava((Seq<?>) cells.get(row));
        CellColumn column = new CellColumn(((ArrayType) type).getElementType(), elements);
        return new ArrayValue() {
            @Override
            public int getSize() {
                return elements.size();
            }

            @Override
            public ColumnVector getElements() {
                return column;
            }
        };
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
