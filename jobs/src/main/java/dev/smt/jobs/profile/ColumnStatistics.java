package dev.smt.jobs.profile;

import dev.smt.jobs.profile.ColumnProfile.Elements;
import dev.smt.jobs.profile.ColumnProfile.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** The aggregates over one column, and what they say. */
final class ColumnStatistics {
    /** How texts may hold lists: the SQL that splits them, and what such a text looks like. */
    private record TextList(String splitting, String pattern) {
        static TextList of(String separator) {
            return new TextList("split(%s, '[" + separator + "]')", "^[^\\s,|;]+([" + separator + "][^\\s,|;]+)*$");
        }
    }

    private static final List<TextList> TEXT_LISTS = List.of(
            TextList.of(","),
            TextList.of("|"),
            TextList.of(";"),
            new TextList("split(%s, ' ')", "^\\d+( \\d+)*$"),
            new TextList("from_json(%s, 'array<string>')", "(?s)^\\s*\\[.*\\]\\s*$"));

    private static final String DATE_PATTERN = "^\\d{4}-\\d\\d?-\\d\\d?([T ].*)?$";
    private static final double NEARLY_ALL = 0.95;
    private static final double LEAST_MEAN_ELEMENTS = 1.5;

    private ColumnStatistics() {}

    /** The aggregates of the column with this number. */
    static List<Column> of(StructField field, int number) {
        ColumnProfile named = named(field);
        Column value = functions.expr(named.sql());
        List<Column> columns = new ArrayList<>();
        columns.add(functions.avg(value.isNull().cast(DataTypes.DoubleType)).as(key(number, "missing")));
        ColumnKind kind = named.kind();
        if (kind == ColumnKind.LIST || kind == ColumnKind.VECTOR) {
            elements(columns, functions.size(value), number, "elements");
            return columns;
        }
        if (kind == ColumnKind.OTHER) {
            return columns;
        }
        columns.add(functions.approx_count_distinct(value).as(key(number, "distinct")));
        if (kind.isNumber()) {
            Column real = value.cast(DataTypes.DoubleType);
            columns.add(functions.min(real).as(key(number, "least")));
            columns.add(functions.max(real).as(key(number, "most")));
            columns.add(functions.avg(real).as(key(number, "mean")));
        } else if (kind == ColumnKind.TEXT) {
            columns.add(share(
                            value,
                            value.rlike(DATE_PATTERN)
                                    .and(functions.try_to_timestamp(value).isNotNull()))
                    .as(key(number, "time")));
            for (int i = 0; i < TEXT_LISTS.size(); i++) {
                TextList list = TEXT_LISTS.get(i);
                columns.add(share(value, value.rlike(list.pattern())).as(key(number, "list" + i)));
                elements(columns, functions.size(functions.expr(split(list, named))), number, "list" + i);
            }
        }
        return columns;
    }

    /** What the aggregates of the column with this number say. */
    static ColumnProfile read(StructField field, int number, Row found) {
        ColumnProfile named = named(field);
        boolean counted = has(found, key(number, "distinct"));
        return new ColumnProfile(
                named.name(),
                named.type(),
                named.kind(),
                real(found, key(number, "missing")),
                counted ? found.<Long>getAs(key(number, "distinct")) : 0,
                range(found, number),
                List.of(),
                has(found, key(number, "time")) ? real(found, key(number, "time")) : 0,
                elements(found, number),
                List.of());
    }

    /** SQL: whether a column has a value that is neither empty nor 0. */
    static String filled(ColumnProfile column) {
        String value = column.sql();
        String some =
                switch (column.kind()) {
                    case WHOLE, REAL -> value + " <> 0";
                    case TEXT -> value + " <> ''";
                    case FLAG -> value;
                    case LIST, VECTOR -> "size(" + value + ") > 0";
                    case TIMESTAMP, DATE, OTHER -> value + " IS NOT NULL";
                };
        return "coalesce(" + some + ", false)";
    }

    private static ColumnProfile named(StructField field) {
        return new ColumnProfile(
                field.name(),
                field.dataType().sql(),
                ColumnKind.of(field.dataType()),
                0,
                0,
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                List.of());
    }

    private static void elements(List<Column> columns, Column size, int number, String what) {
        // The size of null is -1 or null, by Spark's settings: neither is a length.
        Column length = functions.when(size.geq(0), size);
        columns.add(functions.avg(length).as(key(number, what + "mean")));
        columns.add(functions.min(length).as(key(number, what + "least")));
        columns.add(functions.max(length).as(key(number, what + "most")));
    }

    private static Column share(Column value, Column condition) {
        return functions.avg(functions.when(value.isNotNull(), condition.cast(DataTypes.DoubleType)));
    }

    private static Optional<Range> range(Row found, int number) {
        if (!has(found, key(number, "least"))) {
            return Optional.empty();
        }
        return Optional.of(new Range(
                real(found, key(number, "least")), real(found, key(number, "most")), real(found, key(number, "mean"))));
    }

    private static Optional<Elements> elements(Row found, int number) {
        if (has(found, key(number, "elementsmean"))) {
            return Optional.of(elements(found, number, "elements", "%s"));
        }
        List<Elements> lists = new ArrayList<>();
        for (int i = 0; i < TEXT_LISTS.size(); i++) {
            boolean split = has(found, key(number, "list" + i + "mean"));
            if (split && real(found, key(number, "list" + i)) >= NEARLY_ALL) {
                lists.add(elements(found, number, "list" + i, TEXT_LISTS.get(i).splitting()));
            }
        }
        return lists.stream()
                .filter(list -> list.mean() >= LEAST_MEAN_ELEMENTS)
                .max(Comparator.comparingDouble(Elements::mean));
    }

    private static Elements elements(Row found, int number, String what, String splitting) {
        return new Elements(
                splitting,
                real(found, key(number, what + "mean")),
                found.<Integer>getAs(key(number, what + "least")),
                found.<Integer>getAs(key(number, what + "most")));
    }

    private static String split(TextList list, ColumnProfile column) {
        return String.format(list.splitting(), column.sql());
    }

    private static boolean has(Row found, String key) {
        return found.schema().getFieldIndex(key).isDefined() && !found.isNullAt(found.fieldIndex(key));
    }

    private static double real(Row found, String key) {
        return found.<Double>getAs(key);
    }

    private static String key(int number, String what) {
        return number + " " + what;
    }
}
