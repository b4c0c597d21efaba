package dev.smt.jobs.profile;

import dev.smt.jobs.profile.ColumnProfile.Elements;
import dev.smt.jobs.profile.ColumnProfile.Filling;
import dev.smt.jobs.profile.ColumnProfile.Range;
import dev.smt.jobs.profile.ColumnProfile.ValueCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles as they are found in data, without the data: of 10,000 rows that stand for 40,000. */
final class Profiles {
    static final long SAMPLED = 10_000;
    static final long ROWS = 40_000;

    private Profiles() {}

    static DataProfile of(ColumnProfile... columns) {
        return new DataProfile("/data/rows.csv", "csv", Map.of(), ROWS, SAMPLED, List.of(columns));
    }

    static ColumnProfile timestamp(String name, long distinct) {
        return column(name, "TIMESTAMP", ColumnKind.TIMESTAMP, distinct);
    }

    static ColumnProfile text(String name, long distinct) {
        return column(name, "STRING", ColumnKind.TEXT, distinct);
    }

    /** A text with values that are equally frequent. */
    static ColumnProfile texts(String name, String... values) {
        return text(name, values.length).withValues(counts(values));
    }

    static ColumnProfile whole(String name, long distinct, double least, double most, double mean) {
        return ranged(column(name, "INT", ColumnKind.WHOLE, distinct), least, most, mean);
    }

    static ColumnProfile real(String name, double least, double most, double mean) {
        return ranged(column(name, "DOUBLE", ColumnKind.REAL, 5_000), least, most, mean);
    }

    /** 0 and 1. */
    static ColumnProfile binary(String name, double rate) {
        long ones = Math.round(rate * SAMPLED);
        return whole(name, 2, 0, 1, rate)
                .withValues(List.of(new ValueCount("0", SAMPLED - ones), new ValueCount("1", ones)));
    }

    /** A column with values in these shares of the rows where another one is 1 and 0. */
    static ColumnProfile filled(ColumnProfile column, String by, double whereOne, double whereZero) {
        return column.withFillings(List.of(new Filling(by, Map.of("1", whereOne, "0", whereZero))));
    }

    static ColumnProfile list(String name, ColumnKind kind, String splitting, double mean, int least, int most) {
        String type = kind == ColumnKind.TEXT ? "STRING" : "ARRAY<INT>";
        return new ColumnProfile(
                name,
                type,
                kind,
                0,
                kind == ColumnKind.TEXT ? 9_000 : 0,
                Optional.empty(),
                List.of(),
                0,
                Optional.of(new Elements(splitting, mean, least, most)),
                List.of());
    }

    static ColumnProfile timeText(String name) {
        return new ColumnProfile(
                name, "STRING", ColumnKind.TEXT, 0, 9_000, Optional.empty(), List.of(), 1, Optional.empty(), List.of());
    }

    static ColumnProfile column(String name, String type, ColumnKind kind, long distinct) {
        return new ColumnProfile(
                name, type, kind, 0, distinct, Optional.empty(), List.of(), 0, Optional.empty(), List.of());
    }

    private static ColumnProfile ranged(ColumnProfile column, double least, double most, double mean) {
        return new ColumnProfile(
                column.name(),
                column.type(),
                column.kind(),
                0,
                column.distinct(),
                Optional.of(new Range(least, most, mean)),
                List.of(),
                0,
                Optional.empty(),
                List.of());
    }

    private static List<ValueCount> counts(String... values) {
        List<ValueCount> counts = new ArrayList<>();
        for (String value : values) {
            counts.add(new ValueCount(value, SAMPLED / values.length));
        }
        return counts;
    }
}
