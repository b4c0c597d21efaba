package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.ingest.FeatureEncoding.Id;
import dev.smt.jobs.ingest.FeatureEncoding.Number;
import dev.smt.jobs.ingest.FeatureEncoding.Sequence;
import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Checks all SQL expressions of a configuration against the columns that are there, before any row is read. */
final class ExpressionChecks {
    private final IngestConfiguration configuration;
    private final SqlScope scope;
    private final ConfigProblems problems;

    private ExpressionChecks(IngestConfiguration configuration, SqlScope scope, ConfigProblems problems) {
        this.configuration = configuration;
        this.scope = scope;
        this.problems = problems;
    }

    /** Notes all that is wrong; {@code raw} are the columns of the joined logs. */
    static void check(SparkSession spark, StructType raw, IngestConfiguration configuration, ConfigProblems problems) {
        ExpressionChecks checks = new ExpressionChecks(configuration, new SqlScope(spark, raw, problems), problems);
        checks.derived();
        checks.rows();
        checks.features();
        checks.pipelines();
        if (configuration.fleet().models() instanceof FleetConfiguration.Grid grid) {
            checks.attributes(spark, grid.attributes());
        }
        if (problems.isEmpty()) {
            Leakage.check(configuration.input(), problems);
        }
    }

    private void derived() {
        DerivedColumns.inOrder(configuration.input().derived()).forEach((name, sql) -> {
            String key = "input.derived." + name;
            if (scope.has(name)) {
                problems.add(key, name, "a name that no column has yet");
                return;
            }
            scope.add(name, scope.typeOf(key, sql));
        });
    }

    private void rows() {
        InputConfiguration input = configuration.input();
        scope.requireCondition("input.filter", input.filter());
        DataType time = scope.typeOf("input.time", input.time());
        require(
                "input.time",
                input.time(),
                time,
                ExampleColumns.isTime(time),
                "a timestamp, a date, or a whole number of milliseconds since the epoch");
        scope.typeOf("input.unit", input.unit());
        input.contract().rows().forEach((name, sql) -> scope.requireCondition("input.contract.rows." + name, sql));
        input.contract().table().forEach(rule -> {
            String key = "input.contract.table." + rule.name() + ".sql";
            DataType type = scope.typeOf(key, rule.sql());
            require(key, rule.sql(), type, isNumber(type), "an aggregate that is a number, such as avg(price)");
        });
        input.labels().forEach((label, sql) -> {
            String key = "input.labels." + label;
            DataType type = scope.typeOf(key, sql);
            require(key, sql, type, isNumber(type), "a number that is 0 or 1, or a condition");
        });
        input.knownAfterServing().stream()
                .filter(column -> !scope.has(column))
                .forEach(column -> problems.add("input.known-after-serving", column, "a column that is there"));
    }

    private void features() {
        List<FeatureConfiguration> features = configuration.input().features();
        Map<String, String> expressions = new LinkedHashMap<>();
        features.forEach(feature -> expressions.put(key(feature), feature.sql()));
        Map<String, DataType> types = scope.typesOf(expressions);
        for (FeatureConfiguration feature : features) {
            String key = key(feature);
            DataType type = types.get(key);
            if (feature.encoding() instanceof Number) {
                require(key, feature.sql(), type, isNumber(type), "a number");
            } else if (feature.encoding() instanceof Id) {
                require(key, feature.sql(), type, isValue(type), "a single value, such as a whole number or a text");
            } else if (feature.encoding() instanceof Sequence) {
                boolean list = type instanceof ArrayType array && isValue(array.elementType());
                require(key, feature.sql(), type, list, "an array of single values");
            } else if (feature.encoding() instanceof Vector) {
                boolean list = type instanceof ArrayType array && array.elementType() instanceof NumericType;
                require(key, feature.sql(), type, list, "an array of numbers");
            }
        }
    }

    private static String key(FeatureConfiguration feature) {
        return "input.features." + feature.name();
    }

    private void pipelines() {
        if (configuration.pipelines() instanceof PipelineConfiguration.ByColumns by) {
            List<String> missing =
                    by.columns().stream().filter(column -> !scope.has(column)).toList();
            missing.forEach(column -> problems.add("pipelines.by", column, "a column of the input"));
            if (missing.isEmpty()) {
                scope.typeOf("pipelines.name", by.name());
            }
        } else if (configuration.pipelines() instanceof PipelineConfiguration.Listed listed) {
            listed.pipelines().forEach(one -> scope.requireCondition(one.key(), one.filter()));
        }
    }

    private void attributes(SparkSession spark, Map<String, String> attributes) {
        StructType cells =
                FleetGrid.cellSchema(scope.schema(), configuration.pipelines().byColumns());
        SqlScope grid = new SqlScope(spark, cells, problems);
        attributes.forEach((attribute, sql) -> {
            String key = "fleet.grid.attributes." + attribute;
            DataType type = grid.typeOf(key, sql);
            if (FleetGrid.NUMBERS.contains(attribute)) {
                require(key, sql, type, isNumber(type), "a number");
            } else {
                require(key, sql, type, type.equals(DataTypes.StringType) || isNumber(type), "a text");
            }
            if (!grid.has(FleetGrid.column(attribute))) {
                grid.add(FleetGrid.column(attribute), type);
            }
        });
    }

    private void require(String key, String sql, DataType type, boolean holds, String allowed) {
        if (!holds && !(type instanceof NullType)) {
            problems.add(key + " is \"" + sql + "\", of type " + type.sql() + "; allowed: " + allowed);
        }
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static boolean isValue(DataType type) {
        return !(type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof NullType);
    }
}
