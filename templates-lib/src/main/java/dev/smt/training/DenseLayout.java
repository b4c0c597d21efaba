package dev.smt.training;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
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

    /** Each parameter begins at a cache line, so that results don't depend on where memory happened to be. */
    static final int ALIGNMENT = 16;

    /** The parameters of an initialized block, one after the other. */
    static DenseLayout of(Block block) {
        List<Place> places = new ArrayList<>();
        int size = 0;
        for (Parameter parameter : block.getParameters().values()) {
            int length = Math.toIntExact(parameter.getShape().size());
            places.add(new Place(size, length, parameter.getShape()));
            size += (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        return new DenseLayout(places, size);
    }

    /** One parameter's place. */
    record Place(int from, int length, Shape shape) {}

    /** Where the place after this one begins. */
    int end(int place) {
        return place + 1 < places.size() ? places.get(place + 1).from() : size;
    }
}
