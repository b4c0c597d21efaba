package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.table.RowExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a configuration's SQL expressions may read, and the check of such expressions, without touching any
 * rows. An expression that is wrong has the type NULL here, and nothing more is said about what reads it.
 */
final class SqlScope {
    private final SparkSession spark;
    private final ConfigProblems problems;
    private StructType schema;

    SqlScope(SparkSession spark, StructType schema, ConfigProblems problems) {
        this.spark = spark;
        this.schema = schema;
        this.problems = problems;
    }

    StructType schema() {
        return schema;
    }

    boolean has(String column) {
        return names().contains(column.toLowerCase(Locale.ROOT));
    }

    void add(String column, DataType type) {
        schema = schema.add(column, type);
    }

    /** The expression's type; notes what is wrong with it. */
    DataType typeOf(String key, String sql) {
        try {
            Set<String> missing = new TreeSet<>(RowExpression.columnsOf(sql));
            missing.removeAll(names());
            if (!missing.isEmpty()) {
                problems.add(key + " is \"" + sql + "\": no column " + String.join(", ", missing) + "; there are "
                        + String.join(", ", schema.fieldNames()));
                return DataTypes.NullType;
            }
            Dataset<Row> none = spark.createDataFrame(List.<Row>of(), schema);
            return none.select(functions.expr(sql)).schema().fields()[0].dataType();
        } catch (Exception wrong) {
            if (wrong instanceof AnalysisException || wrong instanceof IllegalArgumentException) {
                problems.add(key + " is \"" + sql + "\", not a valid SQL expression here: " + SqlFailure.line(wrong));
                return DataTypes.NullType;
            }
            throw wrong;
        }
    }

    /** Notes it, where the expression isn't a condition. */
    void requireCondition(String key, String sql) {
        DataType type = typeOf(key, sql);
        if (!type.equals(DataTypes.BooleanType) && !type.equals(DataTypes.NullType)) {
            problems.add(key + " is \"" + sql + "\", of type " + type.sql() + "; allowed: a condition (BOOLEAN)");
        }
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : schema.fieldNames()) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
