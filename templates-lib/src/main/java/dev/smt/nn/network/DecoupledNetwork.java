package dev.smt.nn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.head.DotProduct;
import dev.smt.nn.head.EventHead;
import dev.smt.nn.tower.FeatureTower;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoupled SparseNN (paper, Table 1): user and context features make one vector [D] per event, item features
 * another, and an event's logit is their dot product and terms that are linear in either side. Item vectors can therefore be computed ahead.
 */
public final class DecoupledNetwork extends RankingNetwork {
    private final List<FeatureTower> featureTowers = new ArrayList<>();
    private final List<Block> heads = new ArrayList<>();
    private final DotProduct dotProduct;
    private final int events;
    private final int dimension;

    DecoupledNetwork(NetworkSpecification specification) {
        super(specification);
        if (specification.pooling() == SequencePooling.TARGET_ATTENTION) {
            throw new IllegalArgumentException("target attention needs the item's vectors beside the user's sequences,"
                    + " and two towers meet only at their outputs: use the paradigm " + Paradigm.SPARSE_NN
                    + ", or another pooling");
        }
        events = specification.events().size();
        dimension = specification.architecture().embeddingDimension();
        for (TowerFeatures features : towers()) {
            featureTowers.add(addChildBlock(
                    "tower",
                    new FeatureTower(
                            specification.architecture(),
                            features.vectors().size(),
                            features.joint() ? features.numeric().size() : 0)));
            heads.add(addChildBlock("head", EventHead.of(specification.architecture(), events, dimension, true)));
        }
        dotProduct = addChildBlock("dotProduct", new DotProduct());
        addRepresentations(specification);
    }

    /** E, number of events. */
    public int events() {
        return events;
    }

    /** D, width of the towers' vectors. */
    public int dimension() {
        return dimension;
    }

    /**
     * One tower's output [B, E, D].
     *
     * @param tower 0: user, 1: item
     * @param inputs that tower's
     */
    public NDArray towerOutput(ParameterStore store, int tower, NDList inputs, boolean training) {
        NDList output = featureTowers.get(tower).forward(store, represent(store, tower, inputs, training), training);
        return heads.get(tower).forward(store, output, training).head().reshape(-1, events, dimension);
    }

    @Override
    NDArray interact(ParameterStore store, List<NDList> towerInputs, boolean training) {
        NDArray user = towerOutput(store, 0, towerInputs.get(0), training);
        NDArray item = towerOutput(store, 1, towerInputs.get(1), training);
        return dotProduct.forward(store, new NDList(user, item), training).head();
    }

    @Override
    void initializeTowers(NDManager manager, DataType dataType, List<Shape[]> towerShapes) {
        for (int tower = 0; tower < featureTowers.size(); tower++) {
            Shape[] shapes = towerShapes.get(tower);
            featureTowers.get(tower).initialize(manager, dataType, shapes);
            heads.get(tower)
                    .initialize(manager, dataType, featureTowers.get(tower).getOutputShapes(shapes));
        }
        Shape vector = new Shape(towerShapes.get(0)[0].get(0), events, dimension);
        dotProduct.initialize(manager, dataType, vector, vector);
    }
}
