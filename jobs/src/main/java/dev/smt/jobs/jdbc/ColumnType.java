package dev.smt.jobs.jdbc;

import java.sql.Types;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hive.service.rpc.thrift.TCLIServiceConstants;
import org.apache.hive.service.rpc.thrift.TPrimitiveTypeEntry;
import org.apache.hive.service.rpc.thrift.TTypeDesc;
import org.apache.hive.service.rpc.thrift.TTypeEntry;
import org.apache.hive.service.rpc.thrift.TTypeId;
import org.apache.hive.service.rpc.thrift.TTypeQualifierValue;
import org.apache.hive.service.rpc.thrift.TTypeQualifiers;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** The types of columns that a client sees. Those without a form of their own in the protocol are sent as text. */
enum ColumnType {
    BOOLEAN("boolean", TTypeId.BOOLEAN_TYPE, Types.BOOLEAN, 1),
    TINYINT("tinyint", TTypeId.TINYINT_TYPE, Types.TINYINT, 3),
    SMALLINT("smallint", TTypeId.SMALLINT_TYPE, Types.SMALLINT, 5),
    INT("int", TTypeId.INT_TYPE, Types.INTEGER, 10),
    BIGINT("bigint", TTypeId.BIGINT_TYPE, Types.BIGINT, 19),
    FLOAT("float", TTypeId.FLOAT_TYPE, Types.FLOAT, 7),
    DOUBLE("double", TTypeId.DOUBLE_TYPE, Types.DOUBLE, 15),
    DECIMAL("decimal", TTypeId.DECIMAL_TYPE, Types.DECIMAL, ColumnType.LARGEST_DECIMAL),
    STRING("string", TTypeId.STRING_TYPE, Types.VARCHAR, Integer.MAX_VALUE),
    BINARY("binary", TTypeId.BINARY_TYPE, Types.BINARY, Integer.MAX_VALUE),
    DATE("date", TTypeId.DATE_TYPE, Types.DATE, 10),
    TIMESTAMP("timestamp", TTypeId.TIMESTAMP_TYPE, Types.TIMESTAMP, 29),
    ARRAY("array", TTypeId.ARRAY_TYPE, Types.ARRAY, Integer.MAX_VALUE),
    MAP("map", TTypeId.MAP_TYPE, Types.JAVA_OBJECT, Integer.MAX_VALUE),
    STRUCT("struct", TTypeId.STRUCT_TYPE, Types.STRUCT, Integer.MAX_VALUE);

    /** Digits; before the point, after it or both. */
    static final int LARGEST_DECIMAL = 38;

    private static final Map<String, String> WITH_EMPTY_FIELDS = Map.of("ignoreNullFields", "false");

    private final String sparkName;
    private final TTypeId id;
    private final int jdbc;
    private final int size;

    ColumnType(String sparkName, TTypeId id, int jdbc, int size) {
        this.sparkName = sparkName;
        this.id = id;
        this.jdbc = jdbc;
        this.size = size;
    }

    /** Intervals and others that drivers don't know are STRING. */
    static ColumnType of(DataType type) {
        String name = type.equals(DataTypes.TimestampNTZType)
                ? TIMESTAMP.sparkName
                : type.sql().toLowerCase(Locale.ROOT).replaceFirst("[^a-z].*", "");
        return Arrays.stream(values())
                .filter(one -> one.sparkName.equals(name))
                .findFirst()
                .orElse(STRING);
    }

    /** Of {@link Types}. */
    int jdbc() {
        return jdbc;
    }

    boolean isNumeric() {
        return ordinal() >= TINYINT.ordinal() && ordinal() <= DECIMAL.ordinal();
    }

    boolean isText() {
        return this == STRING;
    }

    /** Digits of a number, characters of others; none where there is no limit. */
    Optional<Integer> size(DataType type) {
        int digits = type instanceof DecimalType decimal ? decimal.precision() : size;
        return digits == Integer.MAX_VALUE ? Optional.empty() : Optional.of(digits);
    }

    /** Digits after the point; none of what is no number. */
    Optional<Integer> scale(DataType type) {
        return switch (this) {
            case DECIMAL -> Optional.of(type instanceof DecimalType decimal ? decimal.scale() : 0);
            case FLOAT -> Optional.of(7);
            case DOUBLE -> Optional.of(15);
            case TIMESTAMP -> Optional.of(6);
            case TINYINT, SMALLINT, INT, BIGINT -> Optional.of(0);
            default -> Optional.empty();
        };
    }

    /** The column in the form in which its cells are sent. */
    Column sent(Column column) {
        return switch (this) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, BINARY -> column;
            case ARRAY, MAP, STRUCT -> functions.to_json(column, WITH_EMPTY_FIELDS);
            case DECIMAL, STRING, DATE, TIMESTAMP -> column.cast(DataTypes.StringType);
        };
    }

    TTypeDesc described(DataType type) {
        TPrimitiveTypeEntry entry = new TPrimitiveTypeEntry(id);
        if (type instanceof DecimalType decimal) {
            entry.setTypeQualifiers(new TTypeQualifiers(Map.of(
                    TCLIServiceConstants.PRECISION, TTypeQualifierValue.i32Value(decimal.precision()),
                    TCLIServiceConstants.SCALE, TTypeQualifierValue.i32Value(decimal.scale()))));
        }
        TTypeDesc description = new TTypeDesc();
        description.addToTypes(TTypeEntry.primitiveEntry(entry));
        return description;
    }
}
