package dev.smt.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.smt.nn.network.RankingNetwork;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters of a device's network as leaves over a stretch of memory, made anew for each use: with them go their gradients.
 * The network's own parameters have no memory.
 */
final class LeafStore extends ParameterStore {
    private final DenseLayout layout;
    private final List<Parameter> parameters;
    private final Map<Parameter, Integer> numbers = new IdentityHashMap<>();
    private NDArray[] leaves = new NDArray[0];
    private int first;

    /** Of a network that isn't initialized yet. */
    LeafStore(RankingNetwork network, NDManager manager, Shape[] inputs, DenseLayout layout) {
        super(manager, false);
        this.layout = layout;
        NDArray nothing = manager.create(new Shape(1));
        network.setInitializer((owner, shape, type) -> nothing.broadcast(shape), parameter -> true);
        network.initialize(manager, DataType.FLOAT32, inputs);
        this.parameters = network.getParameters().values();
        for (int i = 0; i < parameters.size(); i++) {
            numbers.put(parameters.get(i), i);
        }
    }

    /** The place of a parameter in the layout. */
    int number(Parameter parameter) {
        return numbers.get(parameter);
    }

    /**
     * Makes the leaves of the parameters from {@code begin} to before {@code end}.
     *
     * @param memory begins with the first of them
     */
    void bind(ByteBuffer memory, int begin, int end, NDManager step, boolean gradients) {
        first = begin;
        leaves = new NDArray[end - begin];
        for (int i = begin; i < end; i++) {
            DenseLayout.Place place = layout.places().get(i);
            int at = place.from() - layout.places().get(begin).from();
            leaves[i - begin] = Torch.alias(step, memory, at, place.shape());
            leaves[i - begin].setRequiresGradient(gradients);
        }
    }

    /** Writes the leaves' gradients, the first leaf's to the beginning of {@code to}, and frees the leaves. */
    void takeGradients(NDManager step, float[] to) {
        for (int i = 0; i < leaves.length; i++) {
            DenseLayout.Place place = layout.places().get(first + i);
            int at = place.from() - layout.places().get(first).from();
            Torch.copyGradient(leaves[i], step, to, at, place.length());
        }
        release();
    }

    /** Frees the leaves. */
    void release() {
        for (NDArray leaf : leaves) {
            leaf.close();
        }
        leaves = new NDArray[0];
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        if (parameter == null) {
            // So DJL's linear layers ask for the bias that they don't have.
            return null;
        }
        int number = numbers.get(parameter) - first;
        if (number < 0 || number >= leaves.length) {
            throw new IllegalStateException("parameter " + parameter.getName() + " " + parameter.getShape()
                    + " is used outside of its layer: call its block by LayerStore.forward");
        }
        return leaves[number];
    }
}
