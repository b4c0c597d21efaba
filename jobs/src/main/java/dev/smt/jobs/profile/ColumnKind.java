package dev.smt.jobs.profile;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** What the values of a column are, as far as its type says. */
public enum ColumnKind {
    /** Whole numbers. */
    WHOLE,
    /** Numbers with a fraction. */
    REAL,
    TEXT,
    /** True or false. */
    FLAG,
    TIMESTAMP,
    DATE,
    /** A list of texts or whole numbers. */
    LIST,
    /** A list of numbers with a fraction. */
    VECTOR,
    /** Nested, binary or nothing. */
    OTHER;

    /** Whether the values can be counted one by one and be an id's. */
    boolean isCategorical() {
        return this == WHOLE || this == TEXT || this == FLAG;
    }

    boolean isNumber() {
        return this == WHOLE || this == REAL;
    }

    static ColumnKind of(DataType type) {
        if (type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType) {
            return WHOLE;
        } else if (type instanceof NumericType) {
            return REAL;
        } else if (type instanceof StringType) {
            return TEXT;
        } else if (type instanceof BooleanType) {
            return FLAG;
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return TIMESTAMP;
        } else if (type instanceof DateType) {
            return DATE;
        }
        return type instanceof ArrayType array ? ofElements(of(array.elementType())) : OTHER;
    }

    private static ColumnKind ofElements(ColumnKind element) {
        return switch (element) {
            case WHOLE, TEXT -> LIST;
            case REAL -> VECTOR;
            default -> OTHER;
        };
    }
}
