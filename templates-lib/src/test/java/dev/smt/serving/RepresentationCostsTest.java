package dev.smt.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.Transform;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.RepresentationExamples;
import dev.smt.nn.RepresentationExamples.Case;
import dev.smt.nn.VectorRepresentation;
import dev.smt.nn.network.RankingNetwork;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The estimated costs of every kind of representation are those of the network that is built. */
class RepresentationCostsTest {
    private static final int ROWS = 3;
    private static final int LENGTH = 4;

    static List<Case> cases() {
        return RepresentationExamples.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void flopsAreThoseThatRun(Case example) {
        OperationCounter counter = new OperationCounter();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            RankingNetwork network = initialized(example.network(), manager);
            NDList inputs = new NDList();
            for (Shape shape : network.inputShapes(ROWS)) {
                inputs.add(counter.watch(manager.ones(shape)));
            }
            network.forward(new ParameterStore(manager, false), inputs, false);
            network.clear();
        }
        double counted = (double) counter.operations() / ROWS + outsideOfTheNetwork(example);

        assertThat(ServingCosts.of(example.network()).flops()).isCloseTo(counted, withinPercentage(2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void denseParametersAreThoseOfTheNetwork(Case example) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            RankingNetwork network = initialized(example.network(), manager);
            double dense = network.getParameters().values().stream()
                    .mapToLong(parameter -> parameter.getShape().size())
                    .sum();
            network.clear();

            assertThat(ServingCosts.of(example.network()).parameterBytes()).isEqualTo(4 * (dense + tables(example)));
        }
    }

    /** Numbers in tables: 5 ads and 30 users, the latter capped at 12 in some; 30 ids of sequences. */
    private static double tables(Case example) {
        NetworkSpecification network = example.network();
        int cap = network.architecture().embeddingBuckets();
        int many = cap == 0 ? 30 : cap;
        double temperature = network.architecture().representations().id().dimensionTemperature();
        // D is 4: 4 (5 / 30)^0.6 = 1.4, and 4 (5 / 12)^0.7 = 2.2, to powers of two.
        int narrow = temperature == 0 ? 4 : cap == 0 ? 1 : 2;
        double sum = 5 * (4 + 1) + 2 * many * (narrow + 1);
        sum += network.pooling() == SequencePooling.POSITION_WEIGHTED ? LENGTH : 0;
        if (network.architecture().representations().numeric().kind() == NumericRepresentation.Kind.QUANTILE) {
            sum += 2 * 3 * (4 + 1);
        }
        for (Transform transform : network.transforms()) {
            int rows = transform instanceof Transform.Bucket
                    ? 5
                    : transform.sources().contains("user") ? 41 : 25;
            sum += transform instanceof Transform.Ratio ? 0 : rows * (4 + 1);
        }
        return sum;
    }

    /** What the embeddings and the codes of numbers and vectors take. */
    private static double outsideOfTheNetwork(Case example) {
        NetworkSpecification network = example.network();
        NumericRepresentation.Kind numeric =
                network.architecture().representations().numeric().kind();
        boolean twice = network.architecture().representations().id().kind() == IdRepresentation.Kind.DOUBLE_HASHING;
        double temperature = network.architecture().representations().id().dimensionTemperature();
        int row = 1 + (temperature == 0 ? 4 : network.architecture().embeddingBuckets() == 0 ? 1 : 2);
        int perId = twice ? 2 : 1;
        double operations = (perId - 1) * row;
        operations += switch (network.pooling()) {
            case SUM -> (perId * LENGTH - 1) * row;
            case MEAN -> perId * LENGTH * row;
            case POSITION_WEIGHTED -> (2 * perId * LENGTH - 1) * row;
            case TARGET_ATTENTION, SELF_ATTENTION -> (perId - 1) * LENGTH * row + 2 * LENGTH - 1;
        };
        long tables = network.features().stream()
                .filter(feature -> isTable(feature, numeric))
                .count();
        operations += tables - 1 + 1;
        operations += numeric == NumericRepresentation.Kind.PIECEWISE_LINEAR ? 3 * 2 : 0;
        operations += numeric == NumericRepresentation.Kind.LOG ? 7 * 2 : 0;
        operations += network.transforms().stream().anyMatch(Transform.Ratio.class::isInstance) ? 7 : 0;
        VectorRepresentation.Kind vectors =
                network.architecture().representations().embedding().kind();
        return operations + (vectors == VectorRepresentation.Kind.DIRECTION_PROJECTION ? 3 * 3 + 1 : 0);
    }

    private static boolean isTable(Feature feature, NumericRepresentation.Kind numeric) {
        return switch (feature.column().getClass().getSimpleName()) {
            case "NumericColumn" -> numeric == NumericRepresentation.Kind.QUANTILE;
            case "VectorColumn" -> false;
            default -> true;
        };
    }

    private static RankingNetwork initialized(NetworkSpecification specification, NDManager manager) {
        RankingNetwork network = RankingNetwork.of(specification);
        network.initialize(manager, DataType.FLOAT32, network.inputShapes(ROWS));
        return network;
    }
}
