package dev.smt.jobs.experiment;

import dev.smt.experiment.Correlation;
import dev.smt.jobs.table.ExperimentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Offline NE deltas beside online lifts, and their correlation over several changes. */
final class OnlineOffline {
    private OnlineOffline() {}

    /**
     * The words; none where no row has an offline delta.
     *
     * @param rows one per change: those that decide
     */
    static List<String> lines(List<ExperimentRow> rows, double level) {
        List<ExperimentRow> both =
                rows.stream().filter(row -> row.offlineDelta().isPresent()).toList();
        List<String> lines = new ArrayList<>();
        both.forEach(row -> lines.add(line(row)));
        List<ExperimentRow> points =
                both.stream().filter(row -> row.relativeLift().isPresent()).toList();
        if (both.isEmpty()) {
            return lines;
        }
        if (points.size() < Correlation.FEWEST) {
            lines.add("  " + (both.size() == 1 ? "one change shows" : both.size() + " changes show")
                    + " no relation between the two; " + Correlation.FEWEST
                    + " or more with a relative lift have a correlation");
            return lines;
        }
        double[] online = points.stream()
                .mapToDouble(row -> row.relativeLift().orElseThrow())
                .toArray();
        double[] offline = points.stream()
                .mapToDouble(row -> row.offlineDelta().orElseThrow())
                .toArray();
        String over = " over " + points.size() + " changes";
        lines.add("  Pearson" + over + ": " + text(Correlation.pearson(online, offline, level)));
        lines.add("  Spearman" + over + ": " + text(Correlation.spearman(online, offline, level)));
        lines.add("  noise in the lifts pulls both to 0");
        return lines;
    }

    private static String line(ExperimentRow row) {
        String name = row.experiment().isEmpty() ? row.arm() : row.experiment() + ", " + row.arm();
        String online = row.relativeLift().isEmpty()
                ? "has no relative lift"
                : String.format(
                        Locale.ROOT,
                        "%+.3g %% [%.3g, %.3g]",
                        row.relativeLift().orElseThrow(),
                        row.relativeLow().orElseThrow(),
                        row.relativeHigh().orElseThrow());
        return String.format(
                Locale.ROOT,
                "  %s: offline NE delta %+.3g %%, online %s",
                name,
                row.offlineDelta().orElseThrow(),
                online);
    }

    private static String text(Optional<Correlation> correlation) {
        return correlation
                .map(found -> String.format(
                        Locale.ROOT,
                        "%.2f [%.2f, %.2f]%s",
                        found.value(),
                        found.interval().low(),
                        found.interval().high(),
                        found.interval().contains(0) ? ": the data can't tell whether there is a relation" : ""))
                .orElse("none: one of the two does not vary");
    }
}
