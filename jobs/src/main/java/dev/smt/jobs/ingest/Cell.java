package dev.smt.jobs.ingest;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one pipeline's rows are, counted before they are encoded.
 *
 * @param pipeline name
 * @param by values of the columns that make the pipeline; empty where pipelines are listed, or none of its rows was read; a value may be null
 * @param splits counts per split; a split without rows is not there
 */
record Cell(String pipeline, List<Object> by, Map<Split, Counts> splits) {
    Cell {
        by = Collections.unmodifiableList(by);
        Map<Split, Counts> ordered = new EnumMap<>(Split.class);
        ordered.putAll(splits);
        splits = Collections.unmodifiableMap(ordered);
    }

    /**
     * Counts of one split.
     *
     * @param rows number of rows
     * @param positives rows with label 1, per label
     * @param fingerprint of the rows' content, the same in any order
     */
    record Counts(long rows, List<Long> positives, String fingerprint) {
        Counts {
            positives = List.copyOf(positives);
        }
    }

    long rows() {
        return splits.values().stream().mapToLong(Counts::rows).sum();
    }

    long positives(int label) {
        return splits.values().stream()
                .mapToLong(counts -> counts.positives().get(label))
                .sum();
    }
}
