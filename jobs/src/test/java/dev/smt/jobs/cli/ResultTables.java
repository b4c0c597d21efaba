package dev.smt.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of all result tables, as the command {@code sql} shows them.
 *
 * @param rows by the table's name
 */
record ResultTables(Map<String, List<JsonNode>> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads all tables by one query. */
    static ResultTables of(Path warehouse) {
        String query = Tables.all().stream()
                .map(Table::name)
                .map(name -> "SELECT '" + name + "' AS name,"
                        + " to_json(struct(*), map('ignoreNullFields', 'false')) AS row FROM " + name)
                .collect(Collectors.joining(" UNION ALL "));
        return new ResultTables(query(warehouse, query).stream()
                .collect(Collectors.groupingBy(
                        line -> line.get("name").asText(),
                        Collectors.mapping(line -> parsed(line.get("row").asText()), Collectors.toList()))));
    }

    /** The tables of the finished cycle, read once. */
    static ResultTables finished() {
        return Finished.TABLES;
    }

    /** The rows of a query. */
    static List<JsonNode> query(Path warehouse, String query) {
        return CommandRun.onTinyWorld(List.of("sql", "--format", "json", query), TinyWorld.warehouse(warehouse))
                .succeeds()
                .out()
                .lines()
                .map(ResultTables::parsed)
                .toList();
    }

    List<JsonNode> of(Table<?> table) {
        return rows.getOrDefault(table.name(), List.of());
    }

    Stream<JsonNode> where(Table<?> table, Predicate<JsonNode> condition) {
        return of(table).stream().filter(condition);
    }

    /** Rows by the text of a column that no two of them share. */
    Map<String, JsonNode> by(Table<?> table, String column) {
        return of(table).stream()
                .collect(Collectors.toMap(row -> row.get(column).asText(), Function.identity()));
    }

    private static final class Finished {
        static final ResultTables TABLES = of(TinyWorld.finished());
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(json, broken);
        }
    }
}
