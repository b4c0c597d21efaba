package dev.smt.jobs.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was guessed of every column, and why, as aligned lines. */
public final class GuessReport {
    private static final int LONGEST_CELL = 40;

    private GuessReport() {}

    /** A line for each column, below a heading. */
    public static List<String> lines(Guesses guesses) {
        List<String[]> cells = new ArrayList<>();
        cells.add(new String[] {"column", "type", "values", "missing", "taken for", "why"});
        for (ColumnGuess guess : guesses.columns()) {
            ColumnProfile column = guess.column();
            cells.add(new String[] {
                cut(column.name()),
                cut(column.type().toLowerCase(Locale.ROOT)),
                column.distinct() == 0 ? "" : (column.values().isEmpty() ? "~" : "") + column.distinct(),
                String.format(Locale.ROOT, "%.1f %%", 100 * column.missing()),
                guess.role().label(),
                guess.why()
            });
        }
        int[] widths = new int[cells.get(0).length];
        cells.forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], line[i].length())));
        return cells.stream().map(line -> aligned(line, widths)).toList();
    }

    private static String aligned(String[] line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length; i++) {
            text.append(line[i]).append(" ".repeat(widths[i] - line[i].length() + 2));
        }
        return text.toString().stripTrailing();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 3) + "...";
    }
}
