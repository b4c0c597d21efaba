package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.reverse;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.smt.jobs.ingest.FeatureEncoding.Hashing;
import dev.smt.jobs.ingest.FeatureEncoding.Id;
import dev.smt.jobs.ingest.FeatureEncoding.IdEncoding;
import dev.smt.jobs.ingest.FeatureEncoding.Sequence;
import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import dev.smt.metric.BucketedLoss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The columns that examples are encoded from, in fixed types: numbers are DOUBLE, ids BIGINT or STRING, sequences arrays
 * of these with the most recent first and cut to their length, vectors arrays of FLOAT, labels DOUBLE, time BIGINT in milliseconds.
 */
final class ExampleColumns {
    static final String PIPELINE = "__pipeline";
    static final String SPLIT = "__split";
    static final String TIME = "__time";
    static final String BUCKET = "__bucket";

    private ExampleColumns() {}

    static String label(int index) {
        return "__label_" + index;
    }

    static String feature(int index) {
        return "__feature_" + index;
    }

    /**
     * The rows of all pipelines, without their split; a row that is in no pipeline is left out.
     *
     * @param from only rows from this time on, milliseconds since the epoch
     */
    static Dataset<Row> select(Dataset<Row> raw, IngestConfiguration configuration, Optional<Long> from) {
        InputConfiguration input = configuration.input();
        Dataset<Row> all = derived(raw, input).where(expr(input.filter()));
        Dataset<Row> rows =
                from.map(time -> all.where(isFrom(all, input.time(), time))).orElse(all);
        List<Column> columns = new ArrayList<>();
        columns.add(pipeline(configuration.pipelines()).as(PIPELINE));
        configuration.pipelines().byColumns().forEach(by -> columns.add(expr(Keys.quoted(by))));
        columns.add(time(rows, input.time()).as(TIME));
        columns.add(expr(RawRows.ROW_HASH));
        columns.add(pmod(xxhash64(expr(input.unit()).cast(DataTypes.StringType)), lit(BucketedLoss.BUCKETS))
                .cast(DataTypes.IntegerType)
                .as(BUCKET));
        List<String> labels = List.copyOf(input.labels().values());
        for (int i = 0; i < labels.size(); i++) {
            columns.add(expr(labels.get(i)).cast(DataTypes.DoubleType).as(label(i)));
        }
        List<DataType> types = Expressions.types(
                rows, input.features().stream().map(FeatureConfiguration::sql).toList());
        for (int i = 0; i < input.features().size(); i++) {
            columns.add(feature(input.features().get(i), types.get(i)).as(feature(i)));
        }
        return rows.select(columns.toArray(Column[]::new)).where(PIPELINE + " IS NOT NULL");
    }

    /** The joined logs with the derived columns. */
    static Dataset<Row> derived(Dataset<Row> raw, InputConfiguration input) {
        Dataset<Row> rows = raw;
        for (Map.Entry<String, String> derived :
                DerivedColumns.inOrder(input.derived()).entrySet()) {
            rows = rows.withColumn(derived.getKey(), expr(derived.getValue()));
        }
        return rows;
    }

    /** Whether {@link #time} can read it. */
    static boolean isTime(DataType type) {
        return isWhole(type)
                || type instanceof TimestampType
                || type instanceof TimestampNTZType
                || type instanceof DateType;
    }

    static boolean isWhole(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }

    private static Column pipeline(PipelineConfiguration pipelines) {
        if (pipelines instanceof PipelineConfiguration.ByColumns by) {
            return expr(by.name()).cast(DataTypes.StringType);
        }
        Column[] names = ((PipelineConfiguration.Listed) pipelines)
                .pipelines().stream()
                        .map(one -> when(expr(one.filter()), lit(one.name())))
                        .toArray(Column[]::new);
        return explode(array_compact(array(names)));
    }

    /** In a form that file formats can skip rows by; a row without a time is kept, so that it is found. */
    private static Column isFrom(Dataset<Row> rows, String sql, long millis) {
        Column value = expr(sql);
        Column late = Expressions.type(rows, sql).equals(DataTypes.TimestampType)
                ? value.geq(lit(Instant.ofEpochMilli(millis)))
                : time(rows, sql).geq(millis);
        return late.or(value.isNull());
    }

    /** Milliseconds since the epoch; the expression is a timestamp, a date, or milliseconds. */
    static Column time(Dataset<Row> rows, String sql) {
        DataType type = Expressions.type(rows, sql);
        if (isWhole(type)) {
            return expr(sql).cast(DataTypes.LongType);
        }
        return type instanceof DateType || !type.equals(DataTypes.TimestampType)
                ? unix_millis(expr(sql).cast(DataTypes.TimestampType))
                : unix_millis(expr(sql));
    }

    private static Column feature(FeatureConfiguration feature, DataType type) {
        Column value = expr(feature.sql());
        if (feature.encoding() instanceof Id id) {
            return id(value, type, id.ids());
        }
        if (feature.encoding() instanceof Sequence sequence) {
            DataType element = ((ArrayType) type).elementType();
            Column recentFirst = sequence.oldestFirst() ? reverse(value) : value;
            Column kept = slice(recentFirst, 1, sequence.maxLength());
            return sequence.ids() instanceof Hashing
                    ? transform(kept, one -> id(one, element, sequence.ids()))
                    : kept.cast(
                            DataTypes.createArrayType(isWhole(element) ? DataTypes.LongType : DataTypes.StringType));
        }
        if (feature.encoding() instanceof Vector) {
            return value.cast(DataTypes.createArrayType(DataTypes.FloatType));
        }
        return value.cast(DataTypes.DoubleType);
    }

    private static Column id(Column value, DataType type, IdEncoding encoding) {
        if (encoding instanceof Hashing) {
            return when(value.isNotNull(), xxhash64(value.cast(DataTypes.StringType)));
        }
        return value.cast(isWhole(type) ? DataTypes.LongType : DataTypes.StringType);
    }
}
