package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Counts all pipelines' rows in one pass, and finds labels and vectors that are not what they should be and rows without a time. */
final class CellCounts {
    /** More pipelines than this are taken for a mistake: their counts come to the driver. */
    static final int MAX_CELLS = 100_000;

    /** A partition with so many times its part of the pipelines has too many. */
    private static final int UNEVEN = 4;

    private final IngestConfiguration configuration;
    private final ConfigProblems problems;

    CellCounts(IngestConfiguration configuration, ConfigProblems problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    /** The cells by name of the pipeline; rows are those of {@link ExampleColumns#select}, a pipeline's in one partition. */
    List<Cell> of(ShuffledRows rows, TimeBounds bounds) {
        int most = MAX_CELLS * Split.values().length;
        int limit = Math.max(1000, UNEVEN * most / rows.binary().getNumPartitions());
        CellCounter counter = new CellCounter(
                configuration.input(),
                ExamplePlaces.of(configuration),
                rows.table().schema(),
                bounds,
                limit);
        List<ArrayList<CellCounter.Found>> parts =
                rows.binary().mapPartitions(counter).collect();
        List<CellCounter.Found> found = parts.stream().flatMap(List::stream).toList();
        if (found.size() > most || parts.stream().anyMatch(part -> part.size() > limit)) {
            problems.add("pipelines", "more than " + MAX_CELLS + " pipelines", "at most " + MAX_CELLS);
            return List.of();
        }
        noteWrongValues(found, counter.checks());
        return cells(found);
    }

    private void noteWrongValues(List<CellCounter.Found> found, List<ValueCheck> checks) {
        long withoutTime =
                found.stream().mapToLong(CellCounter.Found::withoutTime).sum();
        if (withoutTime > 0) {
            problems.add("input.time is \"" + configuration.input().time() + "\": " + withoutTime
                    + " rows have no time; filter them out");
        }
        for (int i = 0; i < checks.size(); i++) {
            int check = i;
            long wrong = found.stream().mapToLong(cell -> cell.wrong()[check]).sum();
            if (wrong > 0) {
                String example = found.stream()
                        .map(cell -> cell.examples()[check])
                        .filter(Objects::nonNull)
                        .max(String::compareTo)
                        .orElseThrow();
                problems.add(checks.get(i).what() + ": " + wrong + " rows have another value, such as " + example
                        + "; allowed: " + checks.get(i).allowed());
            }
        }
    }

    private List<Cell> cells(List<CellCounter.Found> found) {
        Map<String, Map<List<Object>, Map<Split, Cell.Counts>>> byPipeline = new TreeMap<>();
        for (CellCounter.Found cell : found) {
            byPipeline
                    .computeIfAbsent(cell.pipeline(), name -> new LinkedHashMap<>())
                    .computeIfAbsent(cell.by(), key -> new EnumMap<>(Split.class))
                    .put(
                            cell.split(),
                            new Cell.Counts(
                                    cell.rows(),
                                    Arrays.stream(cell.positives()).boxed().toList(),
                                    cell.fingerprint()));
        }
        List<Cell> cells = new ArrayList<>();
        byPipeline.forEach((pipeline, parts) -> {
            if (parts.size() > 1) {
                problems.add("pipelines.name gives \"" + pipeline + "\" to " + parts.size() + " combinations of "
                        + configuration.pipelines().byColumns() + "; allowed: a name per combination");
            }
            parts.forEach((values, splits) -> cells.add(new Cell(pipeline, values, splits)));
        });
        return cells;
    }
}
