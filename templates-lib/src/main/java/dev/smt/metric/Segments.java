package dev.smt.metric;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The segments of rows that an id feature makes: one for each of the ids that most training rows have, at most
 * {@value #LARGEST}, and one for all other ids together. So the number of segments is bounded, however many ids there are.
 */
public final class Segments implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Ids that get a segment of their own, at most. */
    public static final int LARGEST = 50;

    /** Stands for all ids without a segment of their own. */
    public static final int OTHER = -1;

    private final String feature;
    private final int[] ids;
    private final Map<Integer, Integer> segmentOfId = new HashMap<>();

    private Segments(String feature, int[] ids) {
        this.feature = feature;
        this.ids = ids;
        for (int segment = 0; segment < ids.length; segment++) {
            segmentOfId.put(ids[segment], segment);
        }
    }

    /**
     * The segments of a feature: by descending number of training rows, then by id.
     *
     * @param feature its name
     * @param training its id in each training row, in [0, cardinality)
     * @param cardinality number of ids
     */
    public static Segments largest(String feature, int[] training, int cardinality) {
        int[] rows = new int[cardinality];
        for (int id : training) {
            rows[id]++;
        }
        int[] largest = IntStream.range(0, cardinality)
                .filter(id -> rows[id] > 0)
                .boxed()
                .sorted(Comparator.comparing((Integer id) -> -rows[id]).thenComparing(id -> id))
                .limit(LARGEST)
                .mapToInt(Integer::intValue)
                .toArray();
        return new Segments(feature, largest);
    }

    /** The feature's name. */
    public String feature() {
        return feature;
    }

    /** Number of segments, the last one is that of all other ids. */
    public int count() {
        return ids.length + 1;
    }

    /** The segment of an id, in [0, count). */
    public int of(int id) {
        return segmentOfId.getOrDefault(id, ids.length);
    }

    /** The id of a segment; {@link #OTHER} for the last one. */
    public int id(int segment) {
        return segment == ids.length ? OTHER : ids[segment];
    }

    /** The ids with a segment of their own, in the order of the segments. */
    public List<Integer> ids() {
        return IntStream.of(ids).boxed().toList();
    }
}
