package dev.smt.jobs.profile;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.SourceConfiguration;
import dev.smt.jobs.ingest.SourceReader;
import dev.smt.jobs.ingest.SqlFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Looks at a sample of the user's rows; reads only. */
public final class DataProfiler {
    /** Columns with at most about so many values have them counted one by one. */
    static final int FEW_VALUES = 60;

    private static final int MOST_TWO_VALUED = 12;
    private static final long SEED = 1;

    private final SparkSession spark;
    private final String option;

    /** @param option of the command line that names the input, for messages */
    public DataProfiler(SparkSession spark, String option) {
        this.spark = spark;
        this.option = option;
    }

    /**
     * Profiles an input.
     *
     * @param most rows to look at, about; of more a random part is drawn, always the same one
     * @throws InvalidInputException when it can't be read or has no rows
     */
    public DataProfile profile(SourceConfiguration source, long most) {
        try {
            Opened opened = open(source);
            long rows = opened.table().count();
            if (rows == 0) {
                throw new InvalidInputException(option + " is \"" + source.path() + "\", which has no rows");
            }
            Dataset<Row> sample = (rows <= most
                            ? opened.table()
                            : opened.table().sample(false, (double) most / rows, SEED))
                    .persist();
            try {
                long sampled = sample.count();
                return new DataProfile(
                        source.path(), source.format(), opened.options(), rows, sampled, columns(sample));
            } finally {
                sample.unpersist();
            }
        } catch (RuntimeException failure) {
            throw SqlFailure.ofUser(failure)
                    .<RuntimeException>map(why -> new InvalidInputException(option + " is \"" + source.path()
                            + "\"; it can't be read as " + source.format() + ": " + why))
                    .orElse(failure);
        }
    }

    private record Opened(Dataset<Row> table, Map<String, String> options) {}

    /** The table; where the one column's name says that another character separates, with that one. */
    private Opened open(SourceConfiguration source) {
        Dataset<Row> table = read(source);
        if (source.format().equals("csv")
                && table.columns().length == 1
                && !source.options().containsKey("sep")) {
            for (String separator : List.of("\t", ";", "|")) {
                if (table.columns()[0].contains(separator)) {
                    Map<String, String> options = new LinkedHashMap<>(source.options());
                    options.put("sep", separator);
                    return new Opened(
                            read(new SourceConfiguration(
                                    source.key(), source.path(), source.format(), source.schema(), options)),
                            options);
                }
            }
        }
        return new Opened(table, source.options());
    }

    private Dataset<Row> read(SourceConfiguration source) {
        ConfigProblems problems = new ConfigProblems();
        var table = new SourceReader(spark, problems).read(source);
        problems.throwIfAny();
        return table.orElseThrow(
                () -> new InvalidInputException(option + " is \"" + source.path() + "\"; allowed: a path"));
    }

    private static List<ColumnProfile> columns(Dataset<Row> sample) {
        StructField[] fields = sample.schema().fields();
        List<Column> statistics = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            statistics.addAll(ColumnStatistics.of(fields[i], i));
        }
        Row found = sample.agg(
                        statistics.get(0),
                        statistics.subList(1, statistics.size()).toArray(Column[]::new))
                .head();
        List<ColumnProfile> plain = IntStream.range(0, fields.length)
                .mapToObj(i -> ColumnStatistics.read(fields[i], i, found))
                .toList();
        return withFillings(sample, withValues(sample, plain));
    }

    private static List<ColumnProfile> withValues(Dataset<Row> sample, List<ColumnProfile> columns) {
        List<ColumnProfile> few = columns.stream()
                .filter(column -> column.kind().isCategorical() && column.distinct() <= FEW_VALUES)
                .toList();
        if (few.isEmpty()) {
            return columns;
        }
        Column[] cells = few.stream()
                .map(column -> functions.struct(
                        functions.lit(column.name()).as("name"),
                        functions.expr(column.sql()).cast(DataTypes.StringType).as("value")))
                .toArray(Column[]::new);
        Map<String, List<ColumnProfile.ValueCount>> counts = new LinkedHashMap<>();
        sample.select(functions.explode(functions.array(cells)).as("cell"))
                .where("cell.value IS NOT NULL")
                .groupBy("cell.name", "cell.value")
                .count()
                .orderBy(functions.desc("count"), functions.col("value"))
                .collectAsList()
                .forEach(row -> counts.computeIfAbsent(row.getString(0), name -> new ArrayList<>())
                        .add(new ColumnProfile.ValueCount(row.getString(1), row.getLong(2))));
        return columns.stream()
                .map(column ->
                        counts.containsKey(column.name()) ? column.withValues(counts.get(column.name())) : column)
                .toList();
    }

    private static List<ColumnProfile> withFillings(Dataset<Row> sample, List<ColumnProfile> columns) {
        Column[] filled = columns.stream()
                .map(column -> functions.avg(
                        functions.expr(ColumnStatistics.filled(column)).cast(DataTypes.DoubleType)))
                .toArray(Column[]::new);
        Map<String, List<ColumnProfile.Filling>> fillings = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> column.values().size() == 2)
                .limit(MOST_TWO_VALUED)
                .forEach(by -> {
                    List<Row> shares = sample.where(functions.expr(by.sql()).isNotNull())
                            .groupBy(functions.expr(by.sql()).cast(DataTypes.StringType))
                            .agg(filled[0], Arrays.copyOfRange(filled, 1, filled.length))
                            .collectAsList();
                    for (int i = 0; i < columns.size(); i++) {
                        Map<String, Double> share = new LinkedHashMap<>();
                        for (Row row : shares) {
                            share.put(row.getString(0), row.getDouble(1 + i));
                        }
                        fillings.computeIfAbsent(columns.get(i).name(), name -> new ArrayList<>())
                                .add(new ColumnProfile.Filling(by.name(), share));
                    }
                });
        return columns.stream()
                .map(column -> column.withFillings(fillings.getOrDefault(column.name(), List.of())))
                .toList();
    }
}
