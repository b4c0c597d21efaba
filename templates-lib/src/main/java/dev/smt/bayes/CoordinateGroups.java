package dev.smt.bayes;

import dev.smt.search.Coordinate;
import dev.smt.search.UnitCube;
import java.util.Arrays;
import java.util.List;

/**
 * Which of the D coordinates of an encoding share a length scale: each number and flag has its own, the one-hot
 * coordinates of a categorical parameter have one together.
 */
final class CoordinateGroups {
    /** For each of the D coordinates the index of its length scale. */
    private final int[] groupOf;
    /** For each of the K length scales whether it belongs to a categorical parameter. */
    private final boolean[] categorical;

    /**
     * @param groupOf for each of the D coordinates the index of its length scale, from 0 to K - 1, all of them used
     * @param categorical for each of the K length scales whether it belongs to a categorical parameter
     */
    CoordinateGroups(int[] groupOf, boolean[] categorical) {
        int[] used = Arrays.stream(groupOf).distinct().sorted().toArray();
        int[] wanted = new int[categorical.length];
        Arrays.setAll(wanted, group -> group);
        if (!Arrays.equals(used, wanted)) {
            throw new IllegalArgumentException("the coordinates' length scales are " + Arrays.toString(groupOf)
                    + "; expected each of 0 to " + (categorical.length - 1) + " at least once, and no other");
        }
        this.groupOf = groupOf.clone();
        this.categorical = categorical.clone();
    }

    /** D numbers, each with its own length scale. */
    static CoordinateGroups numeric(int dimension) {
        int[] groupOf = new int[dimension];
        Arrays.setAll(groupOf, coordinate -> coordinate);
        return new CoordinateGroups(groupOf, new boolean[dimension]);
    }

    /** The groups of a cube's encoding. */
    static CoordinateGroups of(UnitCube cube) {
        List<Coordinate> coordinates = cube.coordinates();
        int[] groupOf = new int[coordinates.size()];
        boolean[] categorical = new boolean[coordinates.size()];
        int groups = 0;
        for (int i = 0; i < groupOf.length; i++) {
            Coordinate coordinate = coordinates.get(i);
            boolean first = i == 0 || !coordinates.get(i - 1).parameter().equals(coordinate.parameter());
            groups += first ? 1 : 0;
            groupOf[i] = groups - 1;
            categorical[groups - 1] = coordinate.kind() == Coordinate.Kind.LEVEL;
        }
        return new CoordinateGroups(groupOf, Arrays.copyOf(categorical, groups));
    }

    /** With so many more coordinates, each a categorical parameter of its own. */
    CoordinateGroups withFlags(int count) {
        int[] coordinates = Arrays.copyOf(groupOf, groupOf.length + count);
        boolean[] kinds = Arrays.copyOf(categorical, categorical.length + count);
        for (int i = 0; i < count; i++) {
            coordinates[groupOf.length + i] = categorical.length + i;
            kinds[categorical.length + i] = true;
        }
        return new CoordinateGroups(coordinates, kinds);
    }

    /** D. */
    int dimension() {
        return groupOf.length;
    }

    /** K, the number of length scales. */
    int lengthScales() {
        return categorical.length;
    }

    /** The index of a coordinate's length scale. */
    int groupOf(int coordinate) {
        return groupOf[coordinate];
    }

    /** Whether a coordinate is one of a categorical parameter's. */
    boolean isCategorical(int coordinate) {
        return categorical[groupOf[coordinate]];
    }
}
