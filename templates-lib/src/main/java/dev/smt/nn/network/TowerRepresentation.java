package dev.smt.nn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.graph.GraphTape;
import dev.smt.nn.network.ModuleInput.BinCodes;
import dev.smt.nn.network.ModuleInput.GivenVectors;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.network.ModuleInput.Numbers;
import dev.smt.nn.representation.PerFeatureLinear;
import dev.smt.nn.representation.PeriodicEmbedding;
import dev.smt.nn.sequence.SelfAttention;
import dev.smt.nn.sequence.TargetAttention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The representation layer of one tower (paper, Fig. 2): from the tower's inputs ({@link TowerFeatures#inputShapes}) to the
 * vectors of all its features [B, V, D], then, where they become one vector together, the numbers [B, N].
 */
final class TowerRepresentation extends AbstractBlock {
    private final TowerFeatures features;
    private final int dimension;
    private final boolean attendsToItem;
    private final List<Block> modules = new ArrayList<>();
    private final List<Optional<Block>> projections = new ArrayList<>();
    /** Places of the item side's vectors among those that don't attend. */
    private final long[] itemPlaces;
    /** [1, I, 1]: the same. */
    private NDArray itemIndex;

    TowerRepresentation(TowerFeatures features, NetworkSpecification specification) {
        this.features = features;
        this.dimension = specification.architecture().embeddingDimension();
        this.attendsToItem = specification.pooling() == SequencePooling.TARGET_ATTENTION
                && features.modules().stream().anyMatch(IdVectors.class::isInstance);
        List<Feature> vectors = features.vectors();
        this.itemPlaces = IntStream.range(0, vectors.size() - attending(features))
                .filter(place -> vectors.get(place).side() == FeatureSide.ITEM)
                .asLongStream()
                .toArray();
        if (attendsToItem && itemPlaces.length == 0) {
            throw new IllegalArgumentException("target attention has no item vector to attend to: of the features "
                    + vectors.stream().map(Feature::name).toList()
                    + " none is of the item side with a vector of its own");
        }
        for (ModuleInput input : features.modules()) {
            modules.add(addChildBlock(input.getClass().getSimpleName(), module(input, specification)));
            boolean narrow = input instanceof IdVectors ids && ids.width() < dimension;
            projections.add(narrow ? Optional.of(addChildBlock("projection", projection(false))) : Optional.empty());
        }
    }

    private static int attending(TowerFeatures features) {
        return (int)
                features.modules().stream().filter(IdVectors.class::isInstance).count();
    }

    private Block module(ModuleInput input, NetworkSpecification specification) {
        NumericRepresentation numbers =
                specification.architecture().representations().numeric();
        if (input instanceof Numbers numeric) {
            return new PeriodicEmbedding(
                    numeric.features().size(), numbers.frequencies(), numbers.frequencyScale(), dimension);
        }
        if (input instanceof BinCodes codes) {
            return new PerFeatureLinear(codes.features().size(), codes.bins(), dimension);
        }
        if (input instanceof IdVectors ids) {
            return attendsToItem
                    ? new TargetAttention(
                            dimension,
                            specification
                                    .architecture()
                                    .representations()
                                    .event()
                                    .attentionWidth())
                    : new SelfAttention(ids.length(), dimension);
        }
        return projection(input instanceof GivenVectors);
    }

    /** Pretrained vectors don't have mean 0; those of tables learn theirs. */
    private Linear projection(boolean bias) {
        return Linear.builder().setUnits(dimension).optBias(bias).build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList vectors = new NDList();
        int at = features.embedded().isEmpty() ? 0 : 1;
        if (at == 1) {
            vectors.add(inputs.head());
        }
        NDList output = new NDList();
        if (!features.numeric().isEmpty()) {
            output.add(inputs.get(at++));
        }
        NDArray plain = null;
        for (int m = 0; m < modules.size(); m++) {
            ModuleInput input = features.modules().get(m);
            int arrays = input.shapes(1).size();
            NDList own = input instanceof Numbers ? new NDList(output.head()) : inputs.subNDList(at, at + arrays);
            at += arrays;
            if (input instanceof IdVectors) {
                NDArray before = plain == null && attendsToItem ? join(vectors) : plain;
                plain = before;
                own = attentionInputs(store, m, own, before, training);
            }
            vectors.add(modules.get(m)
                    .forward(store, own, training)
                    .head()
                    .reshape(-1, input.features().size(), dimension));
        }
        // Several modules read them, and some have gradients of their own.
        NDArray all = modules.isEmpty() ? join(vectors) : GraphTape.cut(store, join(vectors));
        return features.joint() && !output.isEmpty() ? new NDList(all, output.head()) : new NDList(all);
    }

    private NDList attentionInputs(ParameterStore store, int m, NDList own, NDArray plain, boolean training) {
        NDArray ids = projections
                .get(m)
                .map(block ->
                        block.forward(store, new NDList(own.get(0)), training).head())
                .orElse(own.get(0));
        return attendsToItem ? new NDList(ids, own.get(1), itemVectors(plain)) : new NDList(ids, own.get(1));
    }

    private NDArray itemVectors(NDArray plain) {
        NDArray index = itemIndex.broadcast(plain.getShape().get(0), itemPlaces.length, dimension);
        // A result belongs to the manager of its left operand: without this the view would live as long as the block.
        index.attach(plain.getManager());
        return plain.gather(index, 1);
    }

    private static NDArray join(NDList vectors) {
        return vectors.size() == 1 ? vectors.head() : NDArrays.concat(vectors, 1);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape vectors = new Shape(inputs[0].get(0), features.vectors().size(), dimension);
        Shape numbers = new Shape(inputs[0].get(0), features.numeric().size());
        return features.joint() && !features.numeric().isEmpty()
                ? new Shape[] {vectors, numbers}
                : new Shape[] {vectors};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        long batch = inputs[0].get(0);
        for (int m = 0; m < modules.size(); m++) {
            ModuleInput input = features.modules().get(m);
            if (input instanceof IdVectors ids) {
                projections
                        .get(m)
                        .ifPresent(block ->
                                block.initialize(manager, dataType, new Shape(batch, ids.length(), ids.width())));
                modules.get(m)
                        .initialize(
                                manager,
                                dataType,
                                new Shape(batch, ids.length(), dimension),
                                new Shape(batch, ids.length()),
                                new Shape(batch, itemPlaces.length, dimension));
            } else {
                Shape shape = input instanceof Numbers numbers
                        ? new Shape(batch, numbers.features().size())
                        : input.shapes(batch).get(0);
                modules.get(m).initialize(manager, dataType, shape);
            }
        }
        itemIndex = manager.create(itemPlaces, new Shape(1, itemPlaces.length, 1));
    }
}
