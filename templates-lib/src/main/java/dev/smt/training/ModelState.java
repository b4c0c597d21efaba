package dev.smt.training;

import dev.smt.data.FittedState;
import dev.smt.nn.embedding.StoredRows;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a trained model is, beside its specification: as plain arrays and numbers, so that a file can hold it. The
 * embedding rows are in the form in which the specification serves them. The arrays must not be written to.
 *
 * @param seed of the training, from which the rows follow that it never moved
 * @param steps of the training
 * @param examples training rows seen
 * @param trainSeconds wall-clock seconds of the training
 * @param dense the dense parameters' values by name, in the network's order
 * @param tables the embedding tables' rows by the name of their feature, in the network's order
 * @param statistics what each event's loss knows of the training rows, and its calibration, by name; in the order of the
 *     events
 * @param fitted what the representations learned from the training rows by counting
 */
public record ModelState(
        long seed,
        long steps,
        long examples,
        double trainSeconds,
        Map<String, float[]> dense,
        Map<String, StoredRows> tables,
        List<SortedMap<String, Double>> statistics,
        FittedState fitted) {
    public ModelState {
        dense = Collections.unmodifiableMap(new LinkedHashMap<>(dense));
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        statistics = statistics.stream()
                .map(values -> Collections.unmodifiableSortedMap(new TreeMap<>(values)))
                .toList();
        Objects.requireNonNull(fitted, "fitted");
    }
}
