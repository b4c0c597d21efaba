package dev.smt.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.InteractionExamples;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.network.RankingNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The estimated FLOPs are those that are counted while the network runs. */
class CountedOperationsTest {
    private static final double PERCENT = 2;
    private static final int ROWS = 3;
    private static final int LENGTH = 6;

    /** D, and the features of each side: ids, sequences, numeric. */
    record Size(int dimension, int ids, int sequences, int numeric, List<Integer> head) {}

    private static final List<Size> SIZES = List.of(
            new Size(2, 1, 0, 0, List.of()),
            new Size(4, 0, 0, 3, List.of(5)),
            new Size(8, 2, 1, 4, List.of(16, 8)),
            new Size(16, 9, 1, 6, List.of(64, 32)),
            new Size(32, 20, 3, 10, List.of(256, 128)));

    private static final OptimizationEvent CLICK = OptimizationEvent.binary("click");
    private static final OptimizationEvent BUY = OptimizationEvent.binary("buy");
    private static final OptimizationEvent RATING = OptimizationEvent.parse("rating:levels(4)");

    static List<NetworkSpecification> networks() {
        List<NetworkSpecification> networks = new ArrayList<>();
        for (Paradigm paradigm : Paradigm.values()) {
            for (Size size : SIZES) {
                for (Interaction interaction : InteractionExamples.all()) {
                    for (int width : new int[] {0, 10}) {
                        networks.add(network(paradigm, size, List.of(interaction), width, 0, CLICK));
                    }
                }
                List<Interaction> several =
                        List.of(new Interaction.Dot(), new Interaction.Cross(2, 16), new Interaction.Mask(2, 2, 64));
                networks.add(network(paradigm, size, several, 0, 0, CLICK));
                networks.add(network(paradigm, size, several, 0, 0, RATING, CLICK, BUY));
                if (!size.head().isEmpty()) {
                    networks.add(network(paradigm, size, several, 8, 3, CLICK, RATING));
                    networks.add(network(paradigm, size, several, 0, 1, BUY));
                }
            }
        }
        return networks;
    }

    @Test
    void theCounterCountsMatrixProductsActivationsAndNothingElse() {
        OperationCounter counter = new OperationCounter();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray rows = counter.watch(manager.ones(new Shape(4, 3)));
            NDArray weight = manager.ones(new Shape(2, 3));
            NDArray linear =
                    Linear.linear(rows, weight, manager.ones(new Shape(2))).head();
            Activation.relu(linear.reshape(8).reshape(4, 2));

            // 8 values of 3 products, 2 sums and a bias each; 8 maxima.
            assertThat(counter.operations()).isEqualTo(8 * 6 + 8);
            assertThatThrownBy(linear::erfinv).hasMessage("the counter doesn't know the operation erfinv");
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void areWithinTwoPercentOfTheEstimate(NetworkSpecification network) {
        double counted = dense(network) + lookups(network);

        assertThat(ServingCosts.of(network).flops()).isCloseTo(counted, withinPercentage(PERCENT));
    }

    /** The operations of one row of the dense part. */
    private static double dense(NetworkSpecification specification) {
        OperationCounter counter = new OperationCounter();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            RankingNetwork network = RankingNetwork.of(specification);
            Shape[] shapes = network.inputShapes(ROWS);
            network.initialize(manager, DataType.FLOAT32, shapes);
            NDList inputs = new NDList();
            for (Shape shape : shapes) {
                inputs.add(counter.watch(manager.ones(shape)));
            }
            network.forward(new ParameterStore(manager, false), inputs, false);
        }
        return (double) counter.operations() / ROWS;
    }

    /** The operations outside of the network, which the embeddings do: one addition or division of a loop's pass each. */
    private static long lookups(NetworkSpecification network) {
        long operations = 0;
        int rowWidth = network.architecture().embeddingDimension() + 1;
        boolean first = true;
        for (Feature feature : network.features()) {
            if (feature.column() instanceof SequenceColumn) {
                for (int id = 1; id < LENGTH; id++) {
                    operations += rowWidth;
                }
                operations += rowWidth;
            }
            if (!(feature.column() instanceof NumericColumn)) {
                operations += first ? 0 : 1;
                first = false;
            }
        }
        return first ? operations : operations + network.events().get(0).outputs();
    }

    private static NetworkSpecification network(
            Paradigm paradigm,
            Size size,
            List<Interaction> interactions,
            int interactionWidth,
            int experts,
            OptimizationEvent... events) {
        Architecture architecture = new Architecture(
                        paradigm, size.dimension(), 0, List.of(12), interactions, size.head())
                .withInteractionWidth(interactionWidth)
                .withExperts(experts);
        List<Feature> features = new ArrayList<>();
        for (FeatureSide side : List.of(FeatureSide.USER, FeatureSide.ITEM)) {
            add(features, side, FeatureType.ID, new IdColumn(9), size.ids());
            add(features, side, FeatureType.EVENT, new SequenceColumn(9, LENGTH), size.sequences());
            add(features, side, FeatureType.NUMERIC, new NumericColumn(), size.numeric());
        }
        return new NetworkSpecification(architecture, features, LENGTH, SequencePooling.MEAN, List.of(events));
    }

    private static void add(List<Feature> features, FeatureSide side, FeatureType type, Column column, int count) {
        for (int i = 0; i < count; i++) {
            features.add(new Feature(side + " " + type + " " + i, type, side, column));
        }
    }
}
