package dev.smt.jobs.ingest;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The most frequent of the values that it is told, of equally frequent ones the smallest.
 *
 * @param <V> a value
 */
final class TopValues<V extends Comparable<V>> {
    private final int size;
    /** The first is the one that has to go. */
    private final PriorityQueue<Entry<V>> kept;

    private record Entry<V extends Comparable<V>>(V value, long count) {
        private static <V extends Comparable<V>> Comparator<Entry<V>> order() {
            return Comparator.comparingLong((Entry<V> entry) -> entry.count())
                    .reversed()
                    .thenComparing(Entry::value);
        }
    }

    /** @param size how many are kept, at the most */
    TopValues(int size) {
        this.size = size;
        this.kept = new PriorityQueue<>(Entry.<V>order().reversed());
    }

    /** Each value is told once. */
    void add(V value, long count) {
        kept.add(new Entry<>(value, count));
        if (kept.size() > size) {
            kept.remove();
        }
    }

    /** The most frequent one first. */
    List<V> values() {
        return kept.stream().sorted(Entry.order()).map(Entry::value).toList();
    }
}
