package dev.smt.jobs.study;

import dev.smt.jobs.table.AdoptionRow;
import dev.smt.jobs.table.ModelIterationRow;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * (technique, model) pairs that shipped: the techniques of models that changed, each once. A version repeats the techniques of
 * its parents, so that a pair is in the rows of every later cycle.
 *
 * @param techniques by model
 */
record ShippedPairs(Map<String, Set<String>> techniques) {

    /** The pairs of some cycles. */
    static ShippedPairs of(Collection<ModelIterationRow> iterations, Collection<AdoptionRow> adopted) {
        Set<String> changed = iterations.stream()
                .filter(CycleRows::changed)
                .map(row -> row.runId() + "\n" + row.modelId())
                .collect(Collectors.toSet());
        return new ShippedPairs(adopted.stream()
                .filter(row -> changed.contains(row.runId() + "\n" + row.modelId()))
                .collect(Collectors.groupingBy(
                        AdoptionRow::modelId,
                        TreeMap::new,
                        Collectors.mapping(AdoptionRow::technique, Collectors.toCollection(TreeSet::new)))));
    }

    int count() {
        return techniques.values().stream().mapToInt(Set::size).sum();
    }

    /** Number of pairs by model; models without one are left out. */
    Map<String, Integer> counts() {
        return techniques.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .size()));
    }
}
