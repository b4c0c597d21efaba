package dev.smt.training;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Where the dense parameters lie in a flat array.
 *
 * @param places of the parameters, in the network's order
 * @param size of the array, with the gaps that align the parameters
 */
record DenseLayout(List<Place> places, int size) {
    DenseLayout {
        places = List.copyOf(places);
    }

    /** One parameter's place. */
    record Place(int from, int length, Shape shape) {}

    /** Where the place after this one begins. */
    int end(int place) {
        return place + 1 < places.size() ? places.get(place + 1).from() : size;
    }
}
