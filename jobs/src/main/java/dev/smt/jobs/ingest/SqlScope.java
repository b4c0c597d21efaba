package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.table.RowExpression;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    private final Set<String> names = new HashSet<>();
    private StructType schema;

    SqlScope(SparkSession spark, StructType schema, ConfigProblems problems) {
        this.spark = spark;
        this.schema = schema;
        this.problems = problems;
        List.of(schema.fieldNames()).forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    StructType schema() {
        return schema;
    }

    boolean has(String column) {
        return names.contains(column.toLowerCase(Locale.ROOT));
    }

    void add(String column, DataType type) {
        schema = schema.add(column, type);
        names.add(column.toLowerCase(Locale.ROOT));
    }

    /** The expression's type; notes what is wrong with it. */
    DataType typeOf(String key, String sql) {
        return typesOf(Map.of(key, sql)).get(key);
    }

    /** The types of expressions, by key; notes what is wrong with them. Spark looks at all of them at once where they are right. */
    Map<String, DataType> typesOf(Map<String, String> expressions) {
        Map<String, DataType> types = new LinkedHashMap<>();
        Map<String, String> readable = new LinkedHashMap<>();
        expressions.forEach((key, sql) -> {
            types.put(key, DataTypes.NullType);
            noted(key, sql, () -> {
                if (hasColumnsOf(key, sql)) {
                    readable.put(key, sql);
                }
            });
        });
        Dataset<Row> none = spark.createDataFrame(List.<Row>of(), schema);
        try {
            types.putAll(types(none, readable));
        } catch (Exception oneIsWrong) {
            if (!isOfExpression(oneIsWrong)) {
                throw oneIsWrong;
            }
            readable.forEach((key, sql) -> noted(key, sql, () -> types.putAll(types(none, Map.of(key, sql)))));
        }
        return types;
    }

    private boolean hasColumnsOf(String key, String sql) {
        Set<String> missing = new TreeSet<>(RowExpression.columnsOf(sql));
        missing.removeAll(names);
        if (!missing.isEmpty()) {
            problems.add(key + " is \"" + sql + "\": no column " + String.join(", ", missing) + "; there are "
                    + String.join(", ", schema.fieldNames()));
        }
        return missing.isEmpty();
    }

    private static Map<String, DataType> types(Dataset<Row> rows, Map<String, String> expressions) {
        List<DataType> found = Expressions.types(rows, List.copyOf(expressions.values()));
        Map<String, DataType> types = new LinkedHashMap<>();
        expressions.keySet().forEach(key -> types.put(key, found.get(types.size())));
        return types;
    }

    private void noted(String key, String sql, Runnable look) {
        try {
            look.run();
        } catch (Exception wrong) {
            if (!isOfExpression(wrong)) {
                throw wrong;
            }
            problems.add(key + " is \"" + sql + "\", not a valid SQL expression here: " + SqlFailure.line(wrong));
        }
    }

    private static boolean isOfExpression(Exception failure) {
        return failure instanceof AnalysisException || failure instanceof IllegalArgumentException;
    }

    /** Notes it, where the expression isn't a condition. */
    void requireCondition(String key, String sql) {
        DataType type = typeOf(key, sql);
        if (!type.equals(DataTypes.BooleanType) && !type.equals(DataTypes.NullType)) {
            problems.add(key + " is \"" + sql + "\", of type " + type.sql() + "; allowed: a condition (BOOLEAN)");
        }
    }
}
