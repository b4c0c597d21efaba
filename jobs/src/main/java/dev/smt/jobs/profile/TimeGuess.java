package dev.smt.jobs.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a column can be read as the time of a row. */
final class TimeGuess {
    private static final double NEARLY_ALL = 0.95;
    /** 2001-09-09 and 2100-01-01, in seconds. */
    private static final double FIRST_SECOND = 1e9;

    private static final double LAST_SECOND = 4_102_444_800.0;
    private static final Pattern DAYS = Pattern.compile("(19|20)\\d\\d(0[1-9]|1[0-2])([0-2]\\d|3[01])");

    private TimeGuess() {}

    /** The column as a time; empty where it is none. */
    static Optional<ColumnGuess> of(ColumnProfile column) {
        String sql = column.sql();
        return switch (column.kind()) {
            case TIMESTAMP -> some(column, sql, "a timestamp");
            case DATE -> some(column, sql, "a date");
            case TEXT -> column.timeShare() >= NEARLY_ALL
                    ? some(column, "try_to_timestamp(" + sql + ")", "a text that reads as a time")
                    : Optional.empty();
            case WHOLE, REAL -> ofNumbers(column);
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnGuess> ofNumbers(ColumnProfile column) {
        return column.range().flatMap(range -> {
            String sql = column.sql();
            if (isDays(column, range)) {
                return some(column, "to_date(cast(" + sql + " as string), 'yyyyMMdd')", "days written as yyyyMMdd");
            } else if (within(range, 1)) {
                return some(column, "cast(" + sql + " * 1000D as bigint)", "seconds since 1970");
            } else if (within(range, 1e3)) {
                return some(column, "cast(" + sql + " as bigint)", "milliseconds since 1970");
            } else if (within(range, 1e6)) {
                return some(column, "cast(" + sql + " / 1000 as bigint)", "microseconds since 1970");
            }
            return Optional.empty();
        });
    }

    private static boolean isDays(ColumnProfile column, ColumnProfile.Range range) {
        return column.kind() == ColumnKind.WHOLE
                && DAYS.matcher(Long.toString((long) range.least())).matches()
                && DAYS.matcher(Long.toString((long) range.most())).matches();
    }

    /** Whole years of random numbers fall into the range too: names decide between several, and one value is no time. */
    private static boolean within(ColumnProfile.Range range, double unit) {
        return range.least() >= FIRST_SECOND * unit && range.most() <= LAST_SECOND * unit;
    }

    /** The one that is the time of the rows: by name, then the finest. */
    static Optional<ColumnGuess> best(List<ColumnProfile> columns) {
        return columns.stream()
                .filter(column -> column.distinct() > 2)
                .map(TimeGuess::of)
                .flatMap(Optional::stream)
                .filter(guess -> !guess.column().kind().isNumber()
                        || NameWords.of(guess.column().name()).hint(NameWords.TIMES))
                .max(Comparator.comparingInt(TimeGuess::nameScore)
                        .thenComparingLong(guess -> guess.column().distinct()));
    }

    private static int nameScore(ColumnGuess guess) {
        NameWords words = NameWords.of(guess.column().name());
        if (words.hint(NameWords.OTHER_TIMES) || words.hint(NameWords.PEOPLE)) {
            return 0;
        }
        return words.hint(NameWords.TIMES) ? 2 : 1;
    }

    private static Optional<ColumnGuess> some(ColumnProfile column, String sql, String why) {
        return Optional.of(ColumnGuess.read(column, Role.TIME, sql, why));
    }
}
