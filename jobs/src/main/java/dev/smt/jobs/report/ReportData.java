package dev.smt.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.jobs.run.SideBySide;
import dev.smt.jobs.table.Warehouse;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of the report as JSON: by table its query, the names of its columns, and for each column its cells. A text that
 * is there often is written once: such a column is the number of each row's text in {@code texts}.
 */
final class ReportData {
    /** More digits than any chart or table shows. */
    private static final MathContext DIGITS = new MathContext(7);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JSON.getNodeFactory();

    private ReportData() {}

    /**
     * Runs the queries.
     *
     * @param about what the report says of itself: title, warehouse, time
     */
    static ObjectNode read(Warehouse warehouse, List<ReportQuery> queries, Map<String, String> about) {
        ObjectNode data = NODES.objectNode();
        ObjectNode facts = data.putObject("about");
        about.forEach(facts::put);
        ObjectNode tables = data.putObject("tables");
        List<Dataset<Row>> found =
                warehouse.query(queries.stream().map(ReportQuery::sql).toList());
        List<ObjectNode> read = sideBySide(found, warehouse.spark().sparkContext());
        for (int i = 0; i < read.size(); i++) {
            tables.set(
                    queries.get(i).name(), read.get(i).put("sql", queries.get(i).sql()));
        }
        return data;
    }

    /** A query of few rows is planned for longer than it runs, which one thread does. */
    private static List<ObjectNode> sideBySide(List<Dataset<Row>> found, SparkContext spark) {
        int cores = Runtime.getRuntime().availableProcessors();
        try (SideBySide threads = new SideBySide(cores, spark::cancelAllJobs)) {
            return threads.all(found.stream()
                    .<Callable<ObjectNode>>map(rows -> () -> table(List.of(rows.columns()), rows.collectAsList()))
                    .toList());
        }
    }

    private static ObjectNode table(List<String> columns, List<Row> rows) {
        ObjectNode table = NODES.objectNode();
        table.put("rows", rows.size());
        ObjectNode cells = table.putObject("columns");
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            boolean texts = rows.stream().anyMatch(row -> !row.isNullAt(column) && row.get(column) instanceof String);
            cells.set(columns.get(i), texts ? texts(rows, column) : numbers(rows, column));
        }
        return table;
    }

    private static ObjectNode texts(List<Row> rows, int column) {
        Map<String, Integer> known = new LinkedHashMap<>();
        ArrayNode codes = NODES.arrayNode();
        for (Row row : rows) {
            if (row.isNullAt(column)) {
                codes.add(-1);
            } else {
                codes.add(known.computeIfAbsent(row.getString(column), text -> known.size()));
            }
        }
        ObjectNode node = NODES.objectNode();
        ArrayNode texts = node.putArray("texts");
        known.keySet().forEach(texts::add);
        node.set("codes", codes);
        return node;
    }

    private static ArrayNode numbers(List<Row> rows, int column) {
        ArrayNode cells = NODES.arrayNode();
        for (Row row : rows) {
            Object cell = row.get(column);
            if (cell == null) {
                cells.addNull();
            } else if (cell instanceof Boolean flag) {
                cells.add(flag);
            } else if (cell instanceof Timestamp time) {
                cells.add(time.toInstant().toString());
            } else if (cell instanceof BigDecimal number) {
                cells.add(number.round(DIGITS).stripTrailingZeros());
            } else if (cell instanceof Double number && Double.isFinite(number)) {
                cells.add(new BigDecimal(number).round(DIGITS).stripTrailingZeros());
            } else if (cell instanceof Integer || cell instanceof Long) {
                cells.add(((Number) cell).longValue());
            } else {
                cells.add(cell.toString());
            }
        }
        return cells;
    }
}
