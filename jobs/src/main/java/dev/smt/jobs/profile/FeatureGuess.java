package dev.smt.jobs.profile;

import dev.smt.jobs.profile.ColumnProfile.Elements;
import dev.smt.jobs.profile.ColumnProfile.Range;
import java.util.Locale;
import java.util.Map;

/** A column as a feature, or why it is none. */
final class FeatureGuess {
    /** Whole numbers of so few values are names or levels rather than amounts. */
    private static final int FEW_LEVELS = 32;

    private static final int MANY_IDS = 1_000;
    private static final int LONGEST_SEQUENCE = 50;
    private static final double SKEWED = 10;

    private final long sampled;

    FeatureGuess(long sampled) {
        this.sampled = sampled;
    }

    ColumnGuess of(ColumnProfile column) {
        if (column.kind() == ColumnKind.OTHER) {
            return leftOut(column, "nested or binary; take what matters of it by input.derived");
        } else if (column.missing() == 1) {
            return leftOut(column, "no row has a value");
        } else if (column.kind() == ColumnKind.LIST || column.kind() == ColumnKind.VECTOR) {
            return list(column, column.elements().orElseThrow());
        } else if (column.distinct() <= 1) {
            return leftOut(column, "has one value only");
        } else if (TimeGuess.of(column).isPresent() && isTime(column)) {
            return leftOut(column, "another time; how long ago it was may be a feature (input.derived)");
        }
        return column.kind() == ColumnKind.REAL ? number(column) : single(column);
    }

    private static boolean isTime(ColumnProfile column) {
        return !column.kind().isNumber() || NameWords.of(column.name()).hint(NameWords.TIMES);
    }

    private ColumnGuess single(ColumnProfile column) {
        if (column.kind() == ColumnKind.TEXT && column.elements().isPresent()) {
            Elements elements = column.elements().orElseThrow();
            return sequence(column, elements, "a list as text");
        } else if (column.kind() == ColumnKind.WHOLE && isAmount(column)) {
            return number(column);
        } else if (column.isNearlyUnique(sampled)) {
            return leftOut(column, "nearly every row has a value of its own: nothing to learn from");
        }
        return id(column);
    }

    /** Names decide, then few levels; of many values those that are spread evenly and thinly are codes. */
    private static boolean isAmount(ColumnProfile column) {
        NameWords words = NameWords.of(column.name());
        if (words.hint(NameWords.IDS)) {
            return false;
        } else if (words.hint(NameWords.MEASURES)) {
            return column.distinct() > 2;
        } else if (column.distinct() <= FEW_LEVELS || words.hint(NameWords.PEOPLE) || words.hint(NameWords.ITEMS)) {
            return false;
        }
        return column.range().map(range -> !areCodes(column, range)).orElse(false);
    }

    private static boolean areCodes(ColumnProfile column, Range range) {
        double span = range.most() - range.least();
        double middle = (range.mean() - range.least()) / span;
        return span > 100.0 * column.distinct() && span > 1e5 && middle > 0.3 && middle < 0.7;
    }

    private static ColumnGuess number(ColumnProfile column) {
        boolean skewed = column.range()
                .filter(range -> range.least() >= 0 && range.most() > SKEWED * range.mean())
                .isPresent();
        return new ColumnGuess(
                column,
                Role.NUMERIC,
                column.sql(),
                skewed ? Map.of("transform", "log1p") : Map.of(),
                skewed ? "a number with few large values" : "a number");
    }

    private static ColumnGuess id(ColumnProfile column) {
        boolean many = column.distinct() > MANY_IDS;
        String why =
                switch (column.kind()) {
                    case TEXT -> "a text";
                    case FLAG -> "true or false";
                    default -> column.distinct() <= FEW_LEVELS ? "a whole number of few values" : "a number that names";
                };
        return new ColumnGuess(column, Role.ID, column.sql(), many ? Map.of("min-count", "2") : Map.of(), why);
    }

    private static ColumnGuess list(ColumnProfile column, Elements elements) {
        if (column.kind() == ColumnKind.LIST) {
            return sequence(column, elements, "a list");
        } else if (elements.least() == elements.most() && elements.most() > 1) {
            return new ColumnGuess(
                    column,
                    Role.VECTOR,
                    column.sql(),
                    Map.of("width", Integer.toString(elements.most())),
                    "a list of " + elements.most() + " numbers in every row");
        }
        return leftOut(column, "lists of numbers of different lengths");
    }

    private static ColumnGuess sequence(ColumnProfile column, Elements elements, String why) {
        int longest = Math.max(1, Math.min(LONGEST_SEQUENCE, elements.most()));
        return new ColumnGuess(
                column,
                Role.SEQUENCE,
                String.format(elements.splitting(), column.sql()),
                Map.of("max-length", Integer.toString(longest)),
                why + ", " + String.format(Locale.ROOT, "%.1f", elements.mean()) + " long on average");
    }

    private static ColumnGuess leftOut(ColumnProfile column, String why) {
        return ColumnGuess.of(column, Role.LEFT_OUT, why);
    }
}
