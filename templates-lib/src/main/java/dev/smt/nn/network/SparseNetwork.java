package dev.smt.nn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.head.EventHead;
import dev.smt.nn.tower.FeatureTower;
import java.util.List;

/** SparseNN (paper, Table 1): all features interact in one tower, and a head makes the logits. */
public final class SparseNetwork extends RankingNetwork {
    private final FeatureTower tower;
    private final Block head;

    SparseNetwork(NetworkSpecification specification) {
        super(specification);
        TowerFeatures features = towers().get(0);
        tower = addChildBlock(
                "tower",
                new FeatureTower(
                        specification.architecture(),
                        features.vectors().size(),
                        features.joint() ? features.numeric().size() : 0));
        head = addChildBlock(
                "head",
                EventHead.of(
                        specification.architecture(), specification.events().size(), 1, false));
        addRepresentations(specification);
    }

    @Override
    NDArray interact(ParameterStore store, List<NDList> towerInputs, boolean training) {
        NDList output = tower.forward(store, represent(store, 0, towerInputs.get(0), training), training);
        return head.forward(store, output, training).head();
    }

    @Override
    void initializeTowers(NDManager manager, DataType dataType, List<Shape[]> towerShapes) {
        tower.initialize(manager, dataType, towerShapes.get(0));
        head.initialize(manager, dataType, tower.getOutputShapes(towerShapes.get(0)));
    }
}
