package dev.smt.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smt.jobs.table.ConvertedColumns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** How rows are printed. */
enum RowFormat {
    /** Aligned columns; long cells are cut. */
    table {
        @Override
        void print(Dataset<Row> rows, PrintWriter out) {
            List<String[]> lines = new ArrayList<>();
            lines.add(rows.columns());
            texts(rows, field -> field.dataType().equals(DataTypes.DoubleType))
                    .toLocalIterator()
                    .forEachRemaining(row -> lines.add(cells(row, RowFormat::shown)));
            aligned(lines, out);
            out.println("(" + (lines.size() - 1) + (lines.size() == 2 ? " row)" : " rows)"));
            out.flush();
        }

        @Override
        void print(TextRows rows, PrintWriter out) {
            List<String[]> lines = new ArrayList<>();
            lines.add(rows.columns().toArray(String[]::new));
            rows.rows().forEach(row -> lines.add(texts(row)));
            aligned(lines, out);
            out.flush();
        }
    },
    /** Comma-separated values, RFC 4180. */
    csv {
        @Override
        void print(Dataset<Row> rows, PrintWriter out) {
            out.println(joined(rows.columns()));
            texts(rows, field -> false)
                    .toLocalIterator()
                    .forEachRemaining(
                            row -> out.println(joined(cells(row, cell -> cell == null ? "" : cell.toString()))));
            out.flush();
        }

        @Override
        void print(TextRows rows, PrintWriter out) {
            out.println(joined(rows.columns().toArray(String[]::new)));
            rows.rows().forEach(row -> out.println(joined(texts(row))));
            out.flush();
        }
    },
    /** One JSON object a line. */
    json {
        @Override
        void print(Dataset<Row> rows, PrintWriter out) {
            rows.toJSON().toLocalIterator().forEachRemaining(out::println);
            out.flush();
        }

        @Override
        void print(TextRows rows, PrintWriter out) {
            rows.rows().forEach(row -> out.println(object(rows.columns(), row)));
            out.flush();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_CELL = 60;

    abstract void print(Dataset<Row> rows, PrintWriter out);

    abstract void print(TextRows rows, PrintWriter out);

    /** A cell that is empty is left out, as Spark does. */
    private static String object(List<String> columns, List<Object> row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!row.get(i).equals(Optional.empty())) {
                cells.put(columns.get(i), row.get(i) instanceof Optional<?> some ? some.get() : row.get(i));
            }
        }
        try {
            return JSON.writeValueAsString(cells);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String[] texts(List<Object> row) {
        return row.stream().map(RowFormat::text).toArray(String[]::new);
    }

    private static String text(Object cell) {
        if (cell instanceof Optional<?> optional) {
            return optional.map(RowFormat::text).orElse("");
        }
        return cell instanceof List<?> list
                ? list.stream().map(RowFormat::text).collect(Collectors.joining(" "))
                : cell.toString();
    }

    private static void aligned(List<String[]> lines, PrintWriter out) {
        int[] widths = new int[lines.get(0).length];
        lines.forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], line[i].length())));
        lines.forEach(line -> out.println(aligned(line, widths)));
    }

    /** The cells as Spark writes them in text: times in the session's time zone, lists as [a, b]. */
    private static Dataset<Row> texts(Dataset<Row> rows, Predicate<StructField> asItIs) {
        return ConvertedColumns.of(
                rows, (field, column) -> asItIs.test(field) ? column : column.cast(DataTypes.StringType));
    }

    private static String[] cells(Row row, Function<Object, String> text) {
        String[] cells = new String[row.length()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = text.apply(row.get(i));
        }
        return cells;
    }

    private static String shown(Object cell) {
        if (cell == null) {
            return "";
        }
        String text = cell instanceof Double number ? number(number) : cell.toString();
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_CELL ? line : line.substring(0, LONGEST_CELL - 3) + "...";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.5g", value);
    }

    private static String aligned(String[] line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length; i++) {
            text.append(line[i]).append(" ".repeat(widths[i] - line[i].length() + 2));
        }
        return text.toString().stripTrailing();
    }

    /** One line of comma-separated values. */
    static String joined(String... cells) {
        List<String> quoted = new ArrayList<>();
        for (String cell : cells) {
            quoted.add(cell.matches("(?s).*[\",\\r\\n].*") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
        }
        return String.join(",", quoted);
    }
}
