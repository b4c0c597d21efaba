package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.smt.jobs.config.ConfigProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Logs, one below the other, without duplicates, with a hash per row, the side tables joined to them, and the histories made of them. */
final class RawRows {
    /** A row's hash: 64 bits over the raw columns of the log, by name. */
    static final String ROW_HASH = "__row_hash";

    private final SparkSession spark;
    private final SourceReader reader;
    private final ConfigProblems problems;

    RawRows(SparkSession spark, ConfigProblems problems) {
        this.spark = spark;
        this.reader = new SourceReader(spark, problems);
        this.problems = problems;
    }

    /** The rows, or nothing and problems. */
    Optional<Dataset<Row>> read(InputConfiguration input) {
        List<Optional<Dataset<Row>>> logs = input.logs().stream()
                .map(input.contract().keepsBadRowsAside() ? reader::readWithCorrupt : reader::read)
                .toList();
        List<Optional<Dataset<Row>>> sides =
                input.joins().stream().map(join -> reader.read(join.source())).toList();
        if (logs.isEmpty() || !logs.stream().allMatch(Optional::isPresent) || !sameColumns(input, logs)) {
            return Optional.empty();
        }
        Dataset<Row> rows =
                logs.stream().map(Optional::get).reduce(Dataset::unionByName).orElseThrow();
        if (input.dropDuplicates()) {
            rows = rows.dropDuplicates();
        }
        rows = rows.withColumn(ROW_HASH, contentHash(rows.schema()));
        boolean joined = true;
        for (int i = 0; i < sides.size(); i++) {
            Optional<Dataset<Row>> with = sides.get(i).isEmpty()
                    ? Optional.empty()
                    : join(rows, input, input.joins().get(i), sides.get(i).get());
            joined &= with.isPresent();
            rows = with.orElse(rows);
        }
        return joined ? new EventHistories(spark, input, problems).addTo(rows) : Optional.empty();
    }

    /** 64 bits over values and their absence, by column name: null and a value must not change places unseen. */
    static Column contentHash(StructType schema) {
        List<Column> parts = new ArrayList<>();
        Arrays.stream(schema.fields())
                .filter(field -> !(field.dataType() instanceof MapType))
                .map(StructField::name)
                .filter(name -> !name.equals(SourceReader.CORRUPT))
                .sorted()
                .forEach(name -> {
                    Column value = col(Keys.quoted(name));
                    parts.add(value);
                    parts.add(value.isNull());
                });
        return xxhash64(parts.toArray(Column[]::new));
    }

    private boolean sameColumns(InputConfiguration input, List<Optional<Dataset<Row>>> logs) {
        Set<String> first = columns(logs.get(0).orElseThrow());
        boolean same = true;
        for (int i = 1; i < logs.size(); i++) {
            Set<String> others = columns(logs.get(i).orElseThrow());
            if (!others.equals(first)) {
                Set<String> missing = new TreeSet<>(first);
                missing.removeAll(others);
                Set<String> more = new TreeSet<>(others);
                more.removeAll(first);
                problems.add(input.logs().get(i).key() + " has other columns than the first of the logs: missing "
                        + missing + ", more " + more);
                same = false;
            }
        }
        return same;
    }

    private static Set<String> columns(Dataset<Row> table) {
        return new LinkedHashSet<>(new TreeSet<>(List.of(table.columns())));
    }

    private Optional<Dataset<Row>> join(
            Dataset<Row> rows, InputConfiguration input, JoinConfiguration join, Dataset<Row> side) {
        List<String> wrong = new ArrayList<>();
        checkColumns(rows.schema(), join, side.schema(), wrong);
        if (wrong.isEmpty() && join.asOf().isEmpty()) {
            checkKeys(join, side, wrong);
        } else if (wrong.isEmpty()) {
            checkTimes(rows, input, join, side, wrong);
        }
        wrong.forEach(message -> problems.add(
                join.key() + " = " + join.on() + ", " + join.source().path() + ": " + message));
        if (!wrong.isEmpty()) {
            return Optional.empty();
        }
        if (!join.asOf().isEmpty()) {
            Set<String> columns = taken(join, side.schema());
            columns.removeAll(join.on());
            Column known = ExampleColumns.time(side, Keys.quoted(join.asOf()));
            Column time = ExampleColumns.time(rows, input.time());
            return Optional.of(PointInTimeJoin.join(rows, side, join.on(), time, known, columns));
        }
        Column[] chosen = taken(join, side.schema()).stream()
                .map(name -> col(Keys.quoted(name)))
                .toArray(Column[]::new);
        return Optional.of(rows.join(side.select(chosen), join.on().toArray(String[]::new), "left"));
    }

    /** The side table's columns that are joined, keys first. */
    private static Set<String> taken(JoinConfiguration join, StructType side) {
        Set<String> taken = new LinkedHashSet<>(join.on());
        taken.addAll(join.columns().isEmpty() ? List.of(side.fieldNames()) : join.columns());
        taken.removeAll(join.excludedColumns());
        taken.addAll(join.on());
        return taken;
    }

    private static void checkColumns(StructType rows, JoinConfiguration join, StructType side, List<String> wrong) {
        Set<String> named = new LinkedHashSet<>(join.on());
        named.addAll(join.columns());
        named.addAll(join.excludedColumns());
        if (!join.asOf().isEmpty()) {
            named.add(join.asOf());
        }
        Set<String> there = Set.of(side.fieldNames());
        named.stream()
                .filter(name -> !there.contains(name))
                .forEach(
                        name -> wrong.add("no column " + name + "; there are " + String.join(", ", side.fieldNames())));
        Set<String> ofRows = Set.of(rows.fieldNames());
        Set<String> inLowerCase =
                ofRows.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        join.on().stream()
                .filter(key -> !ofRows.contains(key))
                .forEach(key -> wrong.add("the logs have no column " + key));
        if (!wrong.isEmpty()) {
            return;
        }
        for (String name : taken(join, side)) {
            if (!join.on().contains(name) && inLowerCase.contains(name.toLowerCase(Locale.ROOT))) {
                wrong.add("column " + name
                        + " is in the logs already: leave it out by exclude-columns, or choose columns");
            }
        }
        for (String key : join.on()) {
            DataType left = field(rows, key).dataType();
            DataType right = field(side, key).dataType();
            if (!left.equals(right) && !(left instanceof NumericType && right instanceof NumericType)) {
                wrong.add("key " + key + " is " + left.sql() + " in the logs, " + right.sql() + " in the table");
            }
        }
    }

    private static StructField field(StructType schema, String name) {
        return schema.fields()[schema.fieldIndex(name)];
    }

    private static void checkTimes(
            Dataset<Row> rows,
            InputConfiguration input,
            JoinConfiguration join,
            Dataset<Row> side,
            List<String> wrong) {
        DataType known = field(side.schema(), join.asOf()).dataType();
        if (!ExampleColumns.isTime(known)) {
            wrong.add("as-of column " + join.asOf() + " is " + known.sql()
                    + "; allowed: a timestamp, a date, or a whole number of milliseconds since the epoch");
        }
        try {
            rows.select(expr(input.time())).schema();
        } catch (RuntimeException unresolved) {
            String why = SqlFailure.ofUser(unresolved).orElseThrow(() -> unresolved);
            wrong.add("as-of needs input.time, \"" + input.time() + "\", from the logs' own columns: " + why);
        }
    }

    private static void checkKeys(JoinConfiguration join, Dataset<Row> side, List<String> wrong) {
        Column[] keys = join.on().stream().map(name -> col(Keys.quoted(name))).toArray(Column[]::new);
        List<Row> repeated = side.na()
                .drop(join.on().toArray(String[]::new))
                .groupBy(keys)
                .agg(count(lit(1)).as("__rows"))
                .where(col("__rows").gt(1))
                .orderBy(keys)
                .limit(3)
                .collectAsList();
        if (!repeated.isEmpty()) {
            wrong.add("has more than one row for some keys; allowed: one row per key. For example: "
                    + repeated.stream()
                            .map(row -> row.mkString("(", ", ", " rows)"))
                            .collect(Collectors.joining(", ")));
        }
    }
}
