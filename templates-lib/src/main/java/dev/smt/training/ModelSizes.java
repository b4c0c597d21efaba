package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.smt.feature.Feature;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.embedding.TableSizes;
import dev.smt.nn.layer.LayerStore;
import dev.smt.nn.network.ModuleInput;
import dev.smt.nn.network.RankingNetwork;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.sharding.ModelSize;
import dev.smt.training.sharding.ShardingPlanner;
import dev.smt.training.sharding.TableSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads of a specification what of its model takes memory. */
public final class ModelSizes {
    private static final double ENGINE_SHARE = 1.5;

    private ModelSizes() {}

    /** Plans how to spread a model's training over devices. */
    public static ShardingPlanner planner(ModelSpecification specification) {
        TrainingTemplate training = specification.training();
        int stateFloats = Math.toIntExact(
                DenseOptimizer.of(training.optimizer(), new float[1], 0).stateBytes() / Float.BYTES);
        return new ShardingPlanner(of(specification), training.embeddingOptimizer(), stateFloats, training.batchSize());
    }

    /** The size of a model. Activations are the network's inputs and its layers' outputs, and the gradients of both. */
    public static ModelSize of(ModelSpecification specification) {
        try (RankingModel model = new RankingModel(
                        specification.network(), 1, 0, specification.training().embeddingOptimizer());
                NDManager manager = Torch.newManager()) {
            List<TableSize> tables = new ArrayList<>();
            List<TableSize> replicated = new ArrayList<>();
            tables(specification, model, tables, replicated);
            Census census = new Census(manager, model.network(), model.dense().layout());
            long inputs = census.run(model.network());
            return new ModelSize(
                    tables, replicated, model.dense().values().length, census.largest, 2 * (inputs + census.outputs));
        }
    }

    /**
     * Bytes of the device that computes the dense part, while a training runs: parameters and gradients, and what the layers keep
     * of the rows of a batch. Tables are elsewhere. An estimate, which leaves half as much again for the engine.
     */
    public static long deviceBytes(ModelSpecification specification) {
        RankingNetwork network = RankingNetwork.of(specification.network());
        try (NDManager manager = Torch.newManager()) {
            NDArray nothing = manager.zeros(new Shape(1));
            network.setInitializer((owner, shape, type) -> nothing.broadcast(shape), parameter -> true);
            network.initialize(manager, DataType.FLOAT32, network.inputShapes(1));
            DenseLayout layout = DenseLayout.of(network);
            Census census = new Census(manager, network, layout);
            long perRow = 2 * (census.run(network) + census.outputs);
            long rows = Math.max(specification.training().batchSize(), specification.predictionBatch());
            return Math.round(ENGINE_SHARE * Float.BYTES * (2L * layout.size() + rows * perRow));
        }
    }

    /**
     * Bytes of the JVM's heap that the tables of ids and sequences take, with their optimizer's state, where a training touches
     * every row: most of what a large model takes.
     */
    public static long tableBytes(ModelSpecification specification) {
        TableSizes sizes = new TableSizes(specification.network());
        EmbeddingOptimizer optimizer = specification.training().embeddingOptimizer();
        // Rows that are served in another precision are a second table, made of a copy of the first.
        int copies = specification.serving().keepsRows() ? 1 : 3;
        return specification.network().features().stream()
                .filter(feature -> sizes.rows(feature) > 0)
                .map(feature -> new TableSize(feature.name(), sizes.rows(feature), sizes.width(feature)))
                .mapToLong(table -> copies * TableSize.parameterBytes(table.rows(), table.width())
                        + TableSize.stateBytes(table.rows(), table.width(), optimizer))
                .sum();
    }

    private static void tables(
            ModelSpecification specification,
            RankingModel model,
            List<TableSize> shardable,
            List<TableSize> replicated) {
        Set<Feature> canBe = new HashSet<>(ShardingLayouts.shardable(specification.network()));
        List<FeatureEmbedding> embeddings = model.embeddings().toList();
        int at = 0;
        for (TowerFeatures tower : model.network().towers()) {
            List<Feature> features = new ArrayList<>(tower.embedded());
            tower.modules().stream()
                    .filter(module ->
                            module instanceof ModuleInput.NarrowVectors || module instanceof ModuleInput.IdVectors)
                    .forEach(module -> features.addAll(module.features()));
            for (Feature feature : features) {
                List<SparseGradient> gradients = embeddings.get(at++).gradients();
                for (int i = 0; i < gradients.size(); i++) {
                    EmbeddingTable table = gradients.get(i).table();
                    boolean sharded = canBe.contains(feature) && gradients.size() == 1;
                    (sharded ? shardable : replicated)
                            .add(new TableSize(feature.name(), table.rows(), table.dimension()));
                }
            }
        }
    }

    /** Sees every layer once. */
    private static final class Census extends LayerStore {
        private final NDManager manager;
        private final List<Parameter> parameters;
        private final DenseLayout layout;
        private int largest = 1;
        private long outputs;

        Census(NDManager manager, RankingNetwork network, DenseLayout layout) {
            super(manager);
            this.manager = manager;
            this.parameters = network.getParameters().values();
            this.layout = layout;
        }

        /** Runs one row; the number of its inputs. */
        long run(RankingNetwork network) {
            Torch.recordGradients(false);
            NDList inputs = new NDList();
            for (Shape shape : network.inputShapes(1)) {
                inputs.add(manager.zeros(shape));
            }
            network.forward(this, inputs, false);
            return inputs.stream().mapToLong(NDArray::size).sum();
        }

        @Override
        protected NDList forward(Block layer, NDList inputs) {
            NDList results = layer.forward(this, inputs, false);
            List<Parameter> own = layer.getParameters().values();
            if (!own.isEmpty()) {
                int begin = parameters.indexOf(own.get(0));
                int end = parameters.indexOf(own.get(own.size() - 1));
                largest = Math.max(
                        largest, layout.end(end) - layout.places().get(begin).from());
            }
            outputs += results.stream().mapToLong(NDArray::size).sum();
            return results;
        }
    }
}
