package dev.smt.jobs.iteration;

import dev.smt.jobs.table.ModelIterationRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rebuilt fleet gained, in a few lines. */
final class IterationSummary {
    private IterationSummary() {}

    static List<String> lines(List<ModelIterationRow> rows) {
        Map<String, Long> outcomes = rows.stream()
                .collect(Collectors.groupingBy(ModelIterationRow::outcome, TreeMap::new, Collectors.counting()));
        List<String> lines = new ArrayList<>();
        lines.add(rows.size() + " models: "
                + outcomes.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ")));
        double[] gains = rows.stream()
                .filter(row -> row.outcome().equals(ModelIterationRow.SHIPPED))
                .mapToDouble(row -> row.neDelta().orElse(0))
                .toArray();
        if (gains.length > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "shipped models gained %.3f %% NE on average, at most %.3f %% (test rows, a fresh seed)",
                    Arrays.stream(gains).average().orElse(0),
                    Arrays.stream(gains).max().orElse(0)));
        }
        int trainings =
                rows.stream().mapToInt(row -> row.tuningTrainings().orElse(0)).sum();
        if (trainings > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "instance tuning: %d trainings, judged on validation rows, for %d models; %d left the template's values",
                    trainings,
                    rows.stream()
                            .filter(row -> row.tuningTrainings().isPresent())
                            .count(),
                    rows.stream().filter(row -> row.tuned().isPresent()).count()));
        }
        return lines;
    }
}
