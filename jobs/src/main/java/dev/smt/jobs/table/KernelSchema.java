package dev.smt.jobs.table;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Schemas and rows of tables in the words of Delta's kernel, and back. Every column may be empty, as in a table that Spark makes.
 */
final class KernelSchema {
    private static final Map<org.apache.spark.sql.types.DataType, DataType> TYPES = Map.of(
            DataTypes.StringType, StringType.STRING,
            DataTypes.DoubleType, DoubleType.DOUBLE,
            DataTypes.IntegerType, IntegerType.INTEGER,
            DataTypes.LongType, LongType.LONG,
            DataTypes.BooleanType, BooleanType.BOOLEAN,
            DataTypes.TimestampType, TimestampType.TIMESTAMP);

    private KernelSchema() {}

    /**
     * The schema of a table.
     *
     * @throws IllegalArgumentException when a column has a type that no table column has
     */
    static StructType of(org.apache.spark.sql.types.StructType schema) {
        List<StructField> fields = Arrays.stream(schema.fields())
                .map(field -> new StructField(field.name(), type(field.dataType()), true))
                .toList();
        return new StructType(fields);
    }

    /** Whether a table has all these columns, of the same types. */
    static boolean hasAll(StructType table, StructType columns) {
        return columns.fields().stream().allMatch(column -> {
            int at = table.indexOf(column.getName());
            return at >= 0 && table.at(at).getDataType().equivalent(column.getDataType());
        });
    }

    /** The schema for Spark; none where a column has a type that no table of this program has. */
    static Optional<org.apache.spark.sql.types.StructType> toSpark(StructType table) {
        List<org.apache.spark.sql.types.StructField> fields = new ArrayList<>();
        for (StructField field : table.fields()) {
            Optional<org.apache.spark.sql.types.DataType> type = toSpark(field.getDataType());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(DataTypes.createStructField(field.getName(), type.get(), true));
        }
        return Optional.of(DataTypes.createStructType(fields));
    }

    /** The row for Spark. */
    static org.apache.spark.sql.Row toSpark(Row row, StructType schema) {
        Object[] cells = new Object[schema.length()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.isNullAt(i) ? null : cell(row, i, schema.at(i).getDataType());
        }
        return RowFactory.create(cells);
    }

    private static Object cell(Row row, int at, DataType type) {
        if (type instanceof ArrayType) {
            return CollectionConverters.asScala(VectorUtils.toJavaList(row.getArray(at)))
                    .toSeq();
        } else if (type instanceof StringType) {
            return row.getString(at);
        } else if (type instanceof DoubleType) {
            return row.getDouble(at);
        } else if (type instanceof IntegerType) {
            return row.getInt(at);
        } else if (type instanceof BooleanType) {
            return row.getBoolean(at);
        }
        long number = row.getLong(at);
        return type instanceof TimestampType
                ? Timestamp.from(Instant.EPOCH.plus(number, ChronoUnit.MICROS))
                : (Object) number;
    }

    private static Optional<org.apache.spark.sql.types.DataType> toSpark(DataType type) {
        if (type instanceof ArrayType array) {
            return toSpark(array.getElementType()).map(element -> DataTypes.createArrayType(element, true));
        }
        return TYPES.entrySet().stream()
                .filter(known -> known.getValue().equivalent(type))
                .<org.apache.spark.sql.types.DataType>map(Map.Entry::getKey)
                .findFirst();
    }

    private static DataType type(org.apache.spark.sql.types.DataType type) {
        if (type instanceof org.apache.spark.sql.types.ArrayType array) {
            return new ArrayType(type(array.elementType()), true);
        }
        DataType known = TYPES.get(type);
        if (known == null) {
            throw new IllegalArgumentException("no table has a column of type " + type.sql());
        }
        return known;
    }
}
