package dev.smt.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Embedding;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;
import dev.smt.data.EncodedExamples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the trainer is compared with inside the JVM: steps of a model like {@link DlrmExamples}. */
final class DlrmPeers {
    private DlrmPeers() {}

    /** One step. */
    interface Step extends AutoCloseable {
        void run();

        @Override
        default void close() {}
    }

    /** Forward and backward pass of the dense part on fixed inputs, by DJL's own operations, without optimizer. */
    static Step denseOnly(int batch) {
        NDManager manager = Torch.newManager();
        DlrmDense block = new DlrmDense();
        block.setInitializer(new NormalInitializer(0.05f), parameter -> true);
        Shape vectors = new Shape(batch, DlrmExamples.IDS, DlrmExamples.DIMENSION);
        Shape numbers = new Shape(batch, DlrmExamples.NUMBERS);
        block.initialize(manager, DataType.FLOAT32, vectors, numbers);
        block.getParameters().values().forEach(p -> p.getArray().setRequiresGradient(true));
        ParameterStore store = new ParameterStore(manager, false);
        NDArray leaf = manager.randomNormal(0, 0.1f, vectors, DataType.FLOAT32);
        leaf.setRequiresGradient(true);
        NDList inputs = new NDList(leaf, manager.randomNormal(numbers));
        NDArray gradient = manager.ones(new Shape(batch, 1)).muli(1f / batch);
        return new Step() {
            @Override
            public void run() {
                try (NDManager step = manager.newSubManager()) {
                    inputs.attach(step);
                    Torch.recordGradients(true);
                    NDArray output = block.forward(store, inputs, false).head();
                    Torch.recordGradients(false);
                    Torch.backward(output, gradient);
                    block.getParameters().values().forEach(p -> Torch.zeroGradient(p.getArray()));
                    Torch.zeroGradient(leaf);
                    inputs.attach(manager);
                }
            }

            @Override
            public void close() {
                manager.close();
            }
        };
    }

    /** DJL's own way: a block for each table, dense gradients, its trainer and Adam. */
    static Step embeddingBlocks(EncodedExamples rows, int batch) {
        Torch.newManager().close();
        Model model = Model.newInstance("dlrm", Device.cpu(), "PyTorch");
        model.setBlock(new Tables());
        Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.sigmoidBinaryCrossEntropyLoss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(0.001f))
                        .build())
                .optDevices(new Device[] {Device.cpu()}));
        trainer.initialize(new Shape(batch, DlrmExamples.IDS), new Shape(batch, DlrmExamples.NUMBERS));
        int[] at = {0};
        return new Step() {
            @Override
            public void run() {
                try (NDManager step = trainer.getManager().newSubManager()) {
                    at[0] = (at[0] + batch) % (rows.rows() - batch);
                    NDList inputs = inputs(rows, at[0], batch, step);
                    NDArray labels = step.create(
                            Arrays.copyOfRange(rows.label("click"), at[0], at[0] + batch), new Shape(batch, 1));
                    try (GradientCollector collector =
                            Engine.getEngine("PyTorch").newGradientCollector()) {
                        NDList output = trainer.forward(inputs);
                        collector.backward(trainer.getLoss().evaluate(new NDList(labels), output));
                    }
                    trainer.step();
                }
            }

            @Override
            public void close() {
                trainer.close();
                model.close();
            }
        };
    }

    private static NDList inputs(EncodedExamples rows, int from, int batch, NDManager manager) {
        long[] ids = new long[batch * DlrmExamples.IDS];
        for (int i = 0; i < DlrmExamples.IDS; i++) {
            int[] column = rows.ids("id" + i);
            for (int b = 0; b < batch; b++) {
                ids[b * DlrmExamples.IDS + i] = column[from + b];
            }
        }
        float[] numbers = new float[batch * DlrmExamples.NUMBERS];
        for (int i = 0; i < DlrmExamples.NUMBERS; i++) {
            float[] column = rows.numeric("number" + i);
            for (int b = 0; b < batch; b++) {
                numbers[b * DlrmExamples.NUMBERS + i] = column[from + b];
            }
        }
        return new NDList(
                manager.create(ids, new Shape(batch, DlrmExamples.IDS)),
                manager.create(numbers, new Shape(batch, DlrmExamples.NUMBERS)));
    }

    private static final class Tables extends AbstractBlock {
        private final List<Table> tables = new ArrayList<>();
        private final DlrmDense dense = addChildBlock("dense", new DlrmDense());

        Tables() {
            for (int i = 0; i < DlrmExamples.IDS; i++) {
                tables.add(addChildBlock("table", new Table()));
            }
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDList vectors = new NDList();
            for (int i = 0; i < tables.size(); i++) {
                NDArray ids = inputs.head().get(":, {}", i);
                vectors.add(
                        tables.get(i).forward(store, new NDList(ids), training).head());
            }
            NDArray stacked = NDArrays.stack(vectors, 1);
            return dense.forward(store, new NDList(stacked, inputs.get(1)), training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
            long rows = inputs[0].get(0);
            for (Block table : tables) {
                table.initialize(manager, DataType.FLOAT32, new Shape(rows));
            }
            dense.initialize(
                    manager, DataType.FLOAT32, new Shape(rows, DlrmExamples.IDS, DlrmExamples.DIMENSION), inputs[1]);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), 1)};
        }
    }

    /** DJL's embedding block; its vocabulary is the ids themselves. */
    private static final class Table extends Embedding<Integer> {
        Table() {
            super(new Builder()
                    .setType(Integer.class)
                    .setEmbeddingSize(DlrmExamples.DIMENSION)
                    .optUseDefault(false)
                    .optNumEmbeddings(DlrmExamples.CARDINALITY));
        }

        @Override
        public boolean hasItem(Integer item) {
            return item >= 0 && item < DlrmExamples.CARDINALITY;
        }

        @Override
        public byte[] encode(Integer item) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(item).array();
        }

        @Override
        public Integer decode(byte[] bytes) {
            return ByteBuffer.wrap(bytes).getInt();
        }

        @Override
        public long embed(Integer item) {
            return item;
        }

        @Override
        public Optional<Integer> unembed(long index) {
            return Optional.of((int) index);
        }
    }

    private static final class Builder extends Embedding.BaseBuilder<Integer, Builder> {
        @Override
        protected Builder setType(Class<Integer> type) {
            embeddingType = type;
            return this;
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
