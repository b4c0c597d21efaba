package dev.smt.jobs.table;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A result table: its name, its key, and the record that is one of its rows. The schema follows from the record's
 * components: the column's name is the component's in snake_case; {@code OptionalDouble}, {@code OptionalInt} and
 * {@code Optional<String>} are nullable columns, all others are not. NaN is never stored.
 *
 * @param <R> the row's record
 * @param name in snake_case; also the folder under the warehouse
 * @param key columns that identify a row
 * @param rowType the record
 */
public record Table<R extends Record>(String name, List<String> key, Class<R> rowType) {
    public Table {
        key = List.copyOf(key);
    }

    public static <R extends Record> Table<R> of(String name, Class<R> rowType, String... key) {
        return new Table<>(name, List.of(key), rowType);
    }

    /** The Spark schema. */
    public StructType schema() {
        return DataTypes.createStructType(
                Arrays.stream(rowType.getRecordComponents()).map(Table::field).toList());
    }

    /**
     * The row of a record.
     *
     * @throws IllegalArgumentException when a number is NaN or infinite, or a required value is null
     */
    public Row toRow(R value) {
        RecordComponent[] components = rowType.getRecordComponents();
        Object[] cells = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            cells[i] = toCell(components[i], value);
        }
        return RowFactory.create(cells);
    }

    /** The cells of a record's key, in the order of the key's columns; an empty one is null. */
    List<Object> keyOf(R value) {
        Row row = toRow(value);
        StructType schema = schema();
        List<Object> cells = new ArrayList<>();
        key.forEach(column -> cells.add(row.get(schema.fieldIndex(column))));
        return cells;
    }

    /**
     * The record of a row. The row may have more columns, in any order; a column that was added after the row was
     * written is empty.
     */
    public R fromRow(Row row) {
        RecordComponent[] components = rowType.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = fromCell(types[i], cell(row, columnName(components[i])));
        }
        try {
            return rowType.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException refused) {
            throw new IllegalStateException(
                    "a row of table " + name + " is not valid: "
                            + refused.getCause().getMessage(),
                    refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("record " + rowType.getName() + " can't be made", impossible);
        }
    }

    /** The column of a record component. */
    public static String columnName(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static StructField field(RecordComponent component) {
        Class<?> type = component.getType();
        boolean nullable = type == Optional.class || type == OptionalDouble.class || type == OptionalInt.class;
        return DataTypes.createStructField(columnName(component), dataType(component), nullable);
    }

    private static DataType dataType(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == String.class || type == Optional.class) {
            return DataTypes.StringType;
        } else if (type == double.class || type == OptionalDouble.class) {
            return DataTypes.DoubleType;
        } else if (type == int.class || type == OptionalInt.class) {
            return DataTypes.IntegerType;
        } else if (type == long.class) {
            return DataTypes.LongType;
        } else if (type == boolean.class) {
            return DataTypes.BooleanType;
        } else if (type == Instant.class) {
            return DataTypes.TimestampType;
        } else if (type == List.class) {
            boolean texts = component.getGenericType().getTypeName().contains("String");
            return DataTypes.createArrayType(texts ? DataTypes.StringType : DataTypes.DoubleType, false);
        }
        throw new IllegalStateException("column " + component + " has a type that no table column has");
    }

    private Object toCell(RecordComponent component, R value) {
        Object cell;
        try {
            cell = component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("record " + rowType.getName() + " can't be read", impossible);
        }
        if (cell instanceof OptionalDouble number) {
            cell = number.isPresent() ? (Object) number.getAsDouble() : null;
        } else if (cell instanceof OptionalInt number) {
            cell = number.isPresent() ? (Object) number.getAsInt() : null;
        } else if (cell instanceof Optional<?> text) {
            cell = text.orElse(null);
        } else if (cell instanceof Instant instant) {
            cell = Timestamp.from(instant);
        } else if (cell instanceof List<?> list) {
            cell = CollectionConverters.asScala(list).toSeq();
        } else if (cell == null) {
            throw new IllegalArgumentException(name + "." + columnName(component) + " is null");
        }
        if (cell instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalArgumentException(
                    name + "." + columnName(component) + " is " + number + "; a status says it, never the number");
        }
        return cell;
    }

    private static Object cell(Row row, String column) {
        boolean there = row.schema().getFieldIndex(column).isDefined();
        return there && !row.isNullAt(row.fieldIndex(column)) ? row.getAs(column) : null;
    }

    private static Object fromCell(Class<?> type, Object cell) {
        if (type == OptionalDouble.class) {
            return cell == null ? OptionalDouble.empty() : OptionalDouble.of((Double) cell);
        } else if (type == OptionalInt.class) {
            return cell == null ? OptionalInt.empty() : OptionalInt.of((Integer) cell);
        } else if (type == Optional.class) {
            return Optional.ofNullable(cell);
        } else if (type == Instant.class) {
            return ((Timestamp) cell).toInstant();
        } else if (type == List.class) {
            return cell == null ? List.of() : List.copyOf(CollectionConverters.asJava((scala.collection.Seq<?>) cell));
        }
        return cell;
    }
}
