package dev.smt.jobs.study;

import dev.smt.jobs.table.StudyContrastRow;
import dev.smt.jobs.table.StudyCycleRow;
import dev.smt.jobs.table.StudyFindingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a study of cycles says, in words. */
final class StudyText {
    private static final double LIKELY_CHANCE = 0.05;

    private StudyText() {}

    static List<String> of(
            List<StudyCycleRow> cycles, List<StudyFindingRow> findings, List<StudyContrastRow> contrasts) {
        List<String> lines = new ArrayList<>();
        cycles.stream()
                .sorted(Comparator.comparingInt(StudyCycleRow::cycle)
                        .thenComparing(StudyCycleRow::way, Comparator.reverseOrder()))
                .forEach(row -> lines.add(cycle(row)));
        findings.forEach(row -> lines.add(finding(row)));
        List<StudyContrastRow> common =
                contrasts.stream().filter(row -> row.pValue() < LIKELY_CHANCE).toList();
        common.forEach(row -> lines.add(String.format(
                Locale.ROOT,
                "models that no cycle changed: %d of %d have %s %s, of the others %d of %d (p = %.3g)",
                row.resisting(),
                row.ofResisting(),
                row.attribute(),
                row.value(),
                row.others(),
                row.ofOthers(),
                row.pValue())));
        return lines;
    }

    private static String cycle(StudyCycleRow row) {
        return String.format(
                Locale.ROOT,
                "cycle %d, %s: %d of %d models shipped a change, mean NE gain on unseen rows %s, %d pairs with %d"
                        + " trainings, %d values set by hand",
                row.cycle(),
                row.way(),
                row.shipped(),
                row.models(),
                number(row.meanNe(), row.meanNeLow(), row.meanNeHigh(), "%+.2f %%"),
                row.pairs(),
                row.trainings(),
                row.edits());
    }

    private static String finding(StudyFindingRow row) {
        String format =
                row.finding().contains("gain") || row.finding().equals(Findings.PERFORMANCE) ? "%+.3f %%" : "%.3f";
        String tests = row.pValue().isEmpty()
                ? ""
                : String.format(Locale.ROOT, ", p = %.2g", row.pValue().getAsDouble())
                        + (row.rankPValue().isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " (by ranks %.2g)",
                                        row.rankPValue().getAsDouble()));
        return row.finding() + ", " + row.way() + ": "
                + number(row.value(), row.low(), row.high(), format) + " on " + row.models() + " models" + tests
                + row.verdict().map(verdict -> ": " + verdict).orElse("");
    }

    private static String number(OptionalDouble value, OptionalDouble low, OptionalDouble high, String format) {
        if (value.isEmpty()) {
            return low.isEmpty() ? "not known" : "above " + text(format, low);
        }
        return text(format, value)
                + (low.isEmpty()
                        ? ""
                        : " (95 %: " + text(format, low) + " to " + (high.isEmpty() ? "any" : text(format, high))
                                + ")");
    }

    private static String text(String format, OptionalDouble value) {
        return String.format(Locale.ROOT, format, value.getAsDouble());
    }
}
