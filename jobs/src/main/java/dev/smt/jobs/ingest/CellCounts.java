package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.smt.jobs.config.ConfigProblems;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts all pipelines' rows in one pass, and finds labels that are not what they should be and rows without a time. */
final class CellCounts {
    /** More pipelines than this are taken for a mistake: their counts come to the driver. */
    static final int MAX_CELLS = 100_000;

    private static final String CONTENT = "__content";

    private final InputConfiguration input;
    private final List<String> by;
    private final ConfigProblems problems;

    CellCounts(IngestConfiguration configuration, ConfigProblems problems) {
        this.input = configuration.input();
        this.by = configuration.pipelines().byColumns();
        this.problems = problems;
    }

    /** The cells by name of the pipeline; rows are those of {@link ExampleColumns#select} with their split. */
    List<Cell> of(Dataset<Row> rows) {
        List<Column> keys = new ArrayList<>(List.of(col(ExampleColumns.PIPELINE), col(ExampleColumns.SPLIT)));
        by.forEach(column -> keys.add(col(Keys.quoted(column))));
        List<Column> counts = counts();
        List<Row> found = rows.withColumn(CONTENT, RawRows.contentHash(rows.schema()))
                .groupBy(keys.toArray(Column[]::new))
                .agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new))
                .limit(3 * MAX_CELLS + 1)
                .collectAsList();
        if (found.size() > 3 * MAX_CELLS) {
            problems.add("pipelines", "more than " + MAX_CELLS + " pipelines", "at most " + MAX_CELLS);
            return List.of();
        }
        noteBadValues(found);
        return cells(found);
    }

    /** All of a fixed width: Spark sorts the rows where it can't update an aggregate in place. */
    private List<Column> counts() {
        List<Column> counts = new ArrayList<>();
        counts.add(count(lit(1)).as("rows"));
        counts.add(sum(when(col(ExampleColumns.TIME).isNull(), 1).otherwise(0)).as("no_time"));
        Column content = col(CONTENT);
        counts.add(bit_xor(content).as("content"));
        counts.add(sum(content.bitwiseAND(lit(0xFFFFFFFFL))).as("low"));
        counts.add(sum(shiftrightunsigned(content, 32)).as("high"));
        for (int i = 0; i < input.labels().size(); i++) {
            Column label = col(ExampleColumns.label(i));
            boolean amount = input.amounts().contains(input.labelNames().get(i));
            Column bad = label.isNull()
                    .or(amount ? isNotFinite(label) : label.notEqual(0).and(label.notEqual(1)));
            counts.add(sum(when(amount ? label.gt(0) : label.equalTo(1), 1).otherwise(0))
                    .as("positives_" + i));
            counts.add(sum(when(bad, 1).otherwise(0)).as("bad_" + i));
            counts.add(max(when(bad, label)).as("example_" + i));
        }
        counts.addAll(new VectorChecks(input).counts());
        return counts;
    }

    private static Column isNotFinite(Column number) {
        return number.isNaN().or(abs(number).equalTo(Double.POSITIVE_INFINITY));
    }

    private void noteBadValues(List<Row> found) {
        new VectorChecks(input).note(found, problems);
        long noTime = found.stream().mapToLong(row -> number(row, "no_time")).sum();
        if (noTime > 0) {
            problems.add("input.time is \"" + input.time() + "\": " + noTime + " rows have no time; filter them out");
        }
        List<String> labels = input.labelNames();
        for (int i = 0; i < labels.size(); i++) {
            String column = "_" + i;
            long bad =
                    found.stream().mapToLong(row -> number(row, "bad" + column)).sum();
            if (bad > 0) {
                String example = found.stream()
                        .map(row -> row.<Double>getAs("example" + column))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(Object::toString)
                        .orElse("null");
                problems.add("input.labels." + labels.get(i) + " is \""
                        + input.labels().get(labels.get(i)) + "\": " + bad + " rows have another value, such as "
                        + example + "; allowed: "
                        + (input.amounts().contains(labels.get(i)) ? "a finite number" : "0 or 1"));
            }
        }
    }

    private List<Cell> cells(List<Row> found) {
        Map<String, Map<List<Object>, Map<Split, Cell.Counts>>> byPipeline = new TreeMap<>();
        for (Row row : found) {
            List<Object> values =
                    IntStream.range(2, 2 + by.size()).mapToObj(row::get).collect(Collectors.toList());
            byPipeline
                    .computeIfAbsent(row.getString(0), name -> new LinkedHashMap<>())
                    .computeIfAbsent(values, key -> new EnumMap<>(Split.class))
                    .put(Split.values()[row.getInt(1)], counts(row));
        }
        List<Cell> cells = new ArrayList<>();
        byPipeline.forEach((pipeline, parts) -> {
            if (parts.size() > 1) {
                problems.add("pipelines.name gives \"" + pipeline + "\" to " + parts.size() + " combinations of " + by
                        + "; allowed: a name per combination");
            }
            parts.forEach((values, splits) -> cells.add(new Cell(pipeline, values, splits)));
        });
        return cells;
    }

    private Cell.Counts counts(Row row) {
        List<Long> positives = IntStream.range(0, input.labels().size())
                .mapToObj(label -> number(row, "positives_" + label))
                .toList();
        String fingerprint =
                String.format("%016x%x%x", number(row, "content"), number(row, "low"), number(row, "high"));
        return new Cell.Counts(number(row, "rows"), positives, fingerprint);
    }

    private static long number(Row row, String column) {
        return row.<Long>getAs(column);
    }
}
