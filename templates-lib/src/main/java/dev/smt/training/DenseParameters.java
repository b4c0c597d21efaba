package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import dev.smt.data.Mixing;
import dev.smt.nn.representation.InitialDistribution;
import dev.smt.training.optimizer.DenseOptimizer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The dense parameters of a network, as one array on the Java side and one block of native memory that all leaf tensors
 * alias: an update is one loop and one copy. On a GPU each leaf has memory of its own, and an update copies to each.
 */
final class DenseParameters {
    /** Whose memory the leaf tensors have. */
    enum Tensors {
        OVER_THE_MEMORY,
        COPIES;

        static Tensors on(ComputeDevice device) {
            return device instanceof ComputeDevice.Cpu ? OVER_THE_MEMORY : COPIES;
        }
    }

    private record Part(Parameter parameter, String name, int from, int length, double deviation) {}

    private final List<Part> parts = new ArrayList<>();
    private final Tensors tensors;
    private final DenseLayout layout;
    private final ByteBuffer memory;
    private final float[] values;
    private final float[] gradient;
    /** Those of the first block, then those of the others. */
    private final List<List<Parameter>> leaves = new ArrayList<>();

    private final List<float[]> gradients = new ArrayList<>();

    /**
     * Initializes a block: weights are normal with variance 2 / (in + out) (Glorot, Bengio 2010), the gains of layer
     * norms are 1, all else is 0, where a parameter has no {@link InitialDistribution} of its own. A parameter's values
     * depend on the seed and its name only.
     */
    DenseParameters(Block block, NDManager manager, Shape[] inputs, long seed, Tensors tensors) {
        this.tensors = tensors;
        block.setInitializer(
                Initializer.ZEROS, parameter -> !(parameter.getInitializer() instanceof InitialDistribution));
        block.initialize(manager, DataType.FLOAT32, inputs);
        layout = DenseLayout.of(block);
        for (int i = 0; i < layout.places().size(); i++) {
            Pair<String, Parameter> named = block.getParameters().get(i);
            DenseLayout.Place place = layout.places().get(i);
            parts.add(new Part(
                    named.getValue(), named.getKey(), place.from(), place.length(), deviation(named.getValue())));
        }
        values = new float[layout.size()];
        gradient = new float[layout.size()];
        NDArray all = manager.zeros(new Shape(layout.size()));
        memory = Torch.memory(all);
        leaves.add(parts.stream().map(Part::parameter).toList());
        gradients.add(gradient);
        for (Part part : parts) {
            alias(part.parameter(), part, manager);
            if (part.parameter().getType() == Parameter.Type.GAMMA) {
                Arrays.fill(values, part.from(), part.from() + part.length(), 1);
            } else if (part.deviation() > 0) {
                draw(part, seed);
            }
        }
        upload();
    }

    /** Where each parameter lies. */
    DenseLayout layout() {
        return layout;
    }

    /** Initializes another block of the same layers: it shares the parameters, and has gradients of its own. */
    void share(Block block, NDManager manager, Shape[] inputs) {
        block.setInitializer(Initializer.ZEROS, parameter -> true);
        block.initialize(manager, DataType.FLOAT32, inputs);
        List<Parameter> parameters = block.getParameters().values();
        for (int i = 0; i < parts.size(); i++) {
            alias(parameters.get(i), parts.get(i), manager);
        }
        leaves.add(parameters);
        gradients.add(new float[values.length]);
    }

    /** Number of parameters. */
    int count() {
        return parts.stream().mapToInt(Part::length).sum();
    }

    /** 1 for each value of a weight matrix, 0 for all else. */
    float[] decayed() {
        float[] decayed = new float[values.length];
        for (Part part : parts) {
            if (part.parameter().getType() == Parameter.Type.WEIGHT) {
                Arrays.fill(decayed, part.from(), part.from() + part.length(), 1);
            }
        }
        return decayed;
    }

    /** A copy of all values by the parameter's name, in the block's order. */
    Map<String, float[]> byName() {
        Map<String, float[]> byName = new LinkedHashMap<>();
        parts.forEach(
                part -> byName.put(part.name(), Arrays.copyOfRange(values, part.from(), part.from() + part.length())));
        return byName;
    }

    /**
     * Overwrites all parameters.
     *
     * @throws IllegalArgumentException when names or lengths are not those of the block's parameters
     */
    void set(Map<String, float[]> byName) {
        if (byName.size() != parts.size()) {
            throw new IllegalArgumentException("there are " + byName.size() + " dense parameters " + byName.keySet()
                    + "; the network has " + parts.size());
        }
        for (Part part : parts) {
            float[] value = byName.get(part.name());
            if (value == null || value.length != part.length()) {
                throw new IllegalArgumentException("dense parameter " + part.name() + " has "
                        + (value == null ? "no values" : value.length + " values") + "; the network's has "
                        + part.length());
            }
            System.arraycopy(value, 0, values, part.from(), part.length());
        }
        upload();
    }

    /** A copy of a parameter's values. */
    float[] get(Parameter parameter) {
        for (Part part : parts) {
            if (part.parameter() == parameter) {
                return Arrays.copyOfRange(values, part.from(), part.from() + part.length());
            }
        }
        throw new IllegalArgumentException("no parameter of this network: " + parameter.getName());
    }

    /** Overwrites a parameter. */
    void set(Parameter parameter, float[] value) {
        for (Part part : parts) {
            if (part.parameter() == parameter) {
                System.arraycopy(value, 0, values, part.from(), part.length());
            }
        }
        upload();
    }

    /** Takes the gradients of a block's leaves over, and clears them there. */
    void takeGradients(int block, NDManager step) {
        for (int i = 0; i < parts.size(); i++) {
            NDArray leaf = leaves.get(block).get(i).getArray();
            Torch.copyGradient(
                    leaf,
                    step,
                    gradients.get(block),
                    parts.get(i).from(),
                    parts.get(i).length());
            Torch.zeroGradient(leaf);
        }
    }

    /** For a block that had no rows: forgets what was taken of it before. */
    void clearGradients(int block) {
        Arrays.fill(gradients.get(block), 0);
    }

    /** Adds up what was taken of all blocks, in their order. */
    void sumGradients() {
        for (float[] other : gradients.subList(1, gradients.size())) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += other[i];
            }
        }
    }

    /** Moves the parameters by the gradients that were taken. */
    void update(DenseOptimizer optimizer, double learningRate) {
        optimizer.update(values, gradient, learningRate);
        upload();
    }

    /** The gradients that were taken, padded like {@link #values}. */
    float[] gradient() {
        return gradient;
    }

    /** All values, padded; {@link #upload} makes changes count. */
    float[] values() {
        return values;
    }

    /** Brings the Java side's values to the tensors. */
    void upload() {
        memory.asFloatBuffer().put(values);
        if (tensors == Tensors.COPIES) {
            for (List<Parameter> ofBlock : leaves) {
                for (int i = 0; i < parts.size(); i++) {
                    Torch.set(ofBlock.get(i).getArray(), memory, parts.get(i).from());
                }
            }
        }
    }

    private void alias(Parameter parameter, Part part, NDManager manager) {
        parameter.close();
        parameter.setInitializer((owner, shape, type) -> {
            NDArray alias = Torch.alias(manager, memory, part.from(), shape);
            return tensors == Tensors.COPIES ? alias.duplicate() : alias;
        });
        parameter.initialize(manager, DataType.FLOAT32);
    }

    /** The standard deviation of a parameter's initial values; 0: they are 0. */
    private static double deviation(Parameter parameter) {
        if (parameter.getInitializer() instanceof InitialDistribution distribution) {
            return distribution.deviation();
        }
        if (parameter.getType() != Parameter.Type.WEIGHT) {
            return 0;
        }
        // Of several weight matrices in one array, each has its own inputs and outputs.
        Shape shape = parameter.getShape();
        int last = shape.dimension() - 1;
        return Math.sqrt(2.0 / (shape.get(last - 1) + shape.get(last)));
    }

    private void draw(Part part, long seed) {
        Random random = new Random(Mixing.seed(seed, part.name()));
        for (int i = 0; i < part.length(); i++) {
            values[part.from() + i] = (float) (part.deviation() * random.nextGaussian());
        }
    }
}
