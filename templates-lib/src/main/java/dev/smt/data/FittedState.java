package dev.smt.data;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model learned from its training rows by counting rather than by gradients: bin boundaries, frequent ids and the
 * like. Plain arrays by name, so that a file can hold them. The arrays must not be written to.
 *
 * @param numbers by name
 * @param ids by name
 */
public record FittedState(SortedMap<String, double[]> numbers, SortedMap<String, int[]> ids) {
    /** Of a model that counts nothing. */
    public static final FittedState NONE = new FittedState(new TreeMap<>(), new TreeMap<>());

    public FittedState {
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
    }

    /**
     * The numbers of a name.
     *
     * @throws IllegalArgumentException when there are none
     */
    public double[] numbers(String name) {
        return required(numbers, name);
    }

    /**
     * The ids of a name.
     *
     * @throws IllegalArgumentException when there are none
     */
    public int[] ids(String name) {
        return required(ids, name);
    }

    /** This and more. */
    public FittedState plus(FittedState other) {
        SortedMap<String, double[]> allNumbers = new TreeMap<>(numbers);
        allNumbers.putAll(other.numbers);
        SortedMap<String, int[]> allIds = new TreeMap<>(ids);
        allIds.putAll(other.ids);
        return new FittedState(allNumbers, allIds);
    }

    private static <T> T required(Map<String, T> arrays, String name) {
        T array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("the fitted state has no " + name + "; it has " + arrays.keySet()
                    + ": fit it on the training rows of the same specification");
        }
        return array;
    }
}
