package dev.smt.jobs.profile;

import dev.smt.jobs.profile.ColumnProfile.ValueCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns that split the rows into the data of different models.
 *
 * @param columns at most two; none: all rows are one pipeline
 * @param models how many models come of it, about: values of two columns count as independent
 */
record FleetSplit(List<ColumnProfile> columns, int models) {
    /** A model with fewer rows of a class can't be judged. */
    static final int MIN_ROWS = 1_000;

    static final int MIN_OF_A_CLASS = 100;

    private static final int MOST_VALUES = 30;
    private static final int ENOUGH_MODELS = 8;
    private static final int MOST_MODELS = 100;

    FleetSplit {
        columns = List.copyOf(columns);
    }

    /** By the columns whose names and values suggest it; a second one where the first makes few models. */
    static FleetSplit of(DataProfile data, List<ColumnProfile> candidates, List<LabelGuess> labels) {
        List<ColumnProfile> able = candidates.stream()
                .filter(FleetSplit::canSplit)
                .sorted(Comparator.comparingInt(FleetSplit::score)
                        .thenComparingInt(column -> models(data, List.of(column), labels))
                        .reversed())
                .toList();
        FleetSplit best = given(data, List.of(), labels);
        for (ColumnProfile column : able) {
            if (best.columns.size() < 2 && best.models < ENOUGH_MODELS) {
                List<ColumnProfile> more =
                        Stream.concat(best.columns.stream(), Stream.of(column)).toList();
                FleetSplit finer = given(data, more, labels);
                best = finer.models > best.models && finer.models <= MOST_MODELS ? finer : best;
            }
        }
        return best;
    }

    static FleetSplit given(DataProfile data, List<ColumnProfile> columns, List<LabelGuess> labels) {
        return new FleetSplit(columns, models(data, columns, labels));
    }

    private static boolean canSplit(ColumnProfile column) {
        return score(column) > 0
                && column.kind().isCategorical()
                && column.values().size() >= 2
                && column.values().size() <= MOST_VALUES
                && column.missing() < 0.5;
    }

    private static int score(ColumnProfile column) {
        NameWords words = NameWords.of(column.name());
        if (words.hint(NameWords.SURFACES)) {
            return 2;
        }
        return words.hint(NameWords.SEGMENTS) ? 1 : 0;
    }

    private static int models(DataProfile data, List<ColumnProfile> columns, List<LabelGuess> labels) {
        List<Double> shares = List.of(1.0);
        for (ColumnProfile column : columns) {
            List<Double> finer = new ArrayList<>();
            for (double share : shares) {
                for (ValueCount value : column.values()) {
                    finer.add(share * value.rows() / data.sampled());
                }
            }
            shares = finer;
        }
        return (int) shares.stream()
                .mapToLong(share -> labels.stream()
                        .filter(label -> isEnough(share * data.rows(), label.rate()))
                        .count())
                .sum();
    }

    private static boolean isEnough(double rows, double rate) {
        return rows >= MIN_ROWS && rows * Math.min(rate, 1 - rate) >= MIN_OF_A_CLASS;
    }
}
