package dev.smt.nn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.head.LogitBias;
import dev.smt.nn.head.NumericFirstOrder;
import dev.smt.nn.layer.LayerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The dense part of a network: from looked-up vectors and numbers to the outputs [B, O], without the first-order terms
 * of the ids, which the embedding tables hold. Each of E events has one logit; an event with levels has one output per
 * threshold between them, the logit with a bias of its own (CORAL; Cao, Mirjalili, Raschka 2020).
 *
 * <p>Input, tower by tower: the embedded features' vectors [B, E, D] where E is not 0, then the numeric features [B, N]
 * where N is not 0, then what representation modules read. A subclass lets all vectors interact; this class adds what is
 * linear: the numeric features' first-order terms and the bias.
 */
public abstract class RankingNetwork extends AbstractBlock {
    private final List<TowerFeatures> towers;
    private final int dimension;
    private final int events;
    /** The event of each output. */
    private final int[] eventOfOutput;

    private final List<Block> firstOrder = new ArrayList<>();
    private final List<Optional<TowerRepresentation>> representations = new ArrayList<>();
    private final LogitBias bias;

    RankingNetwork(NetworkSpecification specification) {
        this.towers = TowerFeatures.of(specification);
        this.dimension = specification.architecture().embeddingDimension();
        this.events = specification.events().size();
        this.eventOfOutput = IntStream.range(0, events)
                .flatMap(event -> IntStream.range(
                                0, specification.events().get(event).outputs())
                        .map(output -> event))
                .toArray();
        for (TowerFeatures tower : towers) {
            if (!tower.numeric().isEmpty()) {
                firstOrder.add(addChildBlock(
                        "firstOrder", new NumericFirstOrder(tower.numeric().size(), events)));
            }
        }
        this.bias = addChildBlock("bias", new LogitBias(eventOfOutput.length));
    }

    /**
     * The network of a specification, not yet initialized.
     *
     * @throws IllegalArgumentException when one of two towers would have no features
     */
    public static RankingNetwork of(NetworkSpecification specification) {
        return specification.architecture().paradigm() == Paradigm.SPARSE_NN
                ? new SparseNetwork(specification)
                : new DecoupledNetwork(specification);
    }

    /** The towers, in the order of the inputs. */
    public List<TowerFeatures> towers() {
        return towers;
    }

    /** The outputs' biases [O]. */
    public Parameter bias() {
        return bias.bias();
    }

    /** The shapes of the inputs for a batch of B rows. */
    public Shape[] inputShapes(long batch) {
        return towers.stream()
                .flatMap(tower -> towerShapes(tower, batch).stream())
                .toArray(Shape[]::new);
    }

    /**
     * The first-order terms of one tower's numeric features [B, E]; none where it has no numeric features.
     *
     * @param inputs that tower's
     */
    public Optional<NDArray> numericFirstOrder(ParameterStore store, int tower, NDList inputs) {
        if (towers.get(tower).numeric().isEmpty()) {
            return Optional.empty();
        }
        long before = towers.subList(0, tower).stream()
                .filter(features -> !features.numeric().isEmpty())
                .count();
        NDArray numbers = inputs.get(towers.get(tower).embedded().isEmpty() ? 0 : 1);
        return Optional.of(firstOrder
                .get((int) before)
                .forward(store, new NDList(numbers), false)
                .head());
    }

    /**
     * Adds the representation modules, where there are any. Called after all other blocks are added: their parameters keep
     * their names whatever the representations.
     */
    final void addRepresentations(NetworkSpecification specification) {
        for (TowerFeatures tower : towers) {
            representations.add(
                    tower.modules().isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    addChildBlock("representation", new TowerRepresentation(tower, specification))));
        }
    }

    /** From one tower's inputs to its vectors [B, V, D] and, where they are to become one more, its numbers [B, N]. */
    final NDList represent(ParameterStore store, int tower, NDList inputs, boolean training) {
        if (representations.get(tower).isPresent()) {
            return LayerStore.forward(store, representations.get(tower).get(), inputs, training);
        }
        // Numbers that have vectors of their own are no input of what follows.
        return towers.get(tower).joint() || inputs.size() == 1 ? inputs : inputs.subNDList(0, 1);
    }

    private Shape[] represented(NDManager manager, DataType dataType, int tower, Shape[] inputs) {
        if (representations.get(tower).isPresent()) {
            TowerRepresentation representation = representations.get(tower).get();
            representation.initialize(manager, dataType, inputs);
            return representation.getOutputShapes(inputs);
        }
        return towers.get(tower).joint() ? inputs : new Shape[] {inputs[0]};
    }

    /** The part of the logits [B, E] that is not linear in the inputs. */
    abstract NDArray interact(ParameterStore store, List<NDList> towerInputs, boolean training);

    /** Initializes the blocks that {@link #interact} uses, given the shapes of each tower's representation. */
    abstract void initializeTowers(NDManager manager, DataType dataType, List<Shape[]> towerShapes);

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        List<NDList> towerInputs = new ArrayList<>();
        List<NDArray> numeric = new ArrayList<>();
        int at = 0;
        for (TowerFeatures tower : towers) {
            int count = towerShapes(tower, 1).size();
            towerInputs.add(inputs.subNDList(at, at + count));
            at += count;
            if (!tower.numeric().isEmpty()) {
                int place = tower.embedded().isEmpty() ? 0 : 1;
                numeric.add(inputs.get(at - count + place));
            }
        }
        NDArray logits = interact(store, towerInputs, training);
        for (int i = 0; i < numeric.size(); i++) {
            logits = logits.add(LayerStore.forward(store, firstOrder.get(i), new NDList(numeric.get(i)), training)
                    .head());
        }
        return LayerStore.forward(store, bias, new NDList(perOutput(logits)), training);
    }

    /** [B, E] to [B, O]. */
    private NDArray perOutput(NDArray logits) {
        if (eventOfOutput.length == events) {
            return logits;
        }
        NDList columns = new NDList();
        for (int event : eventOfOutput) {
            columns.add(logits.get(":, " + event + ":" + (event + 1)));
        }
        return NDArrays.concat(columns, 1);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), eventOfOutput.length)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        long batch = inputs[0].get(0);
        List<Shape[]> shapes = new ArrayList<>();
        int numeric = 0;
        for (int t = 0; t < towers.size(); t++) {
            TowerFeatures tower = towers.get(t);
            shapes.add(
                    represented(manager, dataType, t, towerShapes(tower, batch).toArray(Shape[]::new)));
            if (!tower.numeric().isEmpty()) {
                firstOrder
                        .get(numeric++)
                        .initialize(
                                manager,
                                dataType,
                                new Shape(batch, tower.numeric().size()));
            }
        }
        bias.initialize(manager, dataType, new Shape(batch, eventOfOutput.length));
        initializeTowers(manager, dataType, shapes);
    }

    private List<Shape> towerShapes(TowerFeatures tower, long batch) {
        return tower.inputShapes(batch, dimension);
    }
}
