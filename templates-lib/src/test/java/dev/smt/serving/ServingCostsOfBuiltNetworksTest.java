package dev.smt.serving;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Interaction;
import dev.smt.nn.InteractionExamples;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.network.RankingNetwork;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The counted parameters are those of the networks that are built. */
class ServingCostsOfBuiltNetworksTest {
    private static final int DIMENSION = 4;
    private static final List<Feature> FEATURES = List.of(
            new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn()),
            new Feature("hour", FeatureType.NUMERIC, FeatureSide.CONTEXT, new NumericColumn()),
            new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(1000)),
            new Feature("history", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(30, 9)),
            new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(200)));

    @ParameterizedTest
    @EnumSource(Paradigm.class)
    void hasTheParametersOfTheNetworkAndItsTables(Paradigm paradigm) {
        List<List<Interaction>> modules = new ArrayList<>();
        InteractionExamples.all().forEach(example -> modules.add(List.of(example)));
        modules.add(InteractionExamples.all().stream().filter(distinctKinds()).toList());
        for (List<Interaction> interactions : modules) {
            for (int widthAndExperts : new int[] {0, 3}) {
                Architecture architecture = new Architecture(
                                paradigm, DIMENSION, 100, List.of(7), interactions, List.of(6, 5))
                        .withInteractionWidth(widthAndExperts)
                        .withExperts(widthAndExperts)
                        .withHiddenLayers(
                                widthAndExperts == 0
                                        ? HiddenLayers.DEFAULT
                                        : new HiddenLayers(
                                                HiddenLayers.Activation.SILU, HiddenLayers.Normalization.LAYER, 0.5));
                NetworkSpecification network = new NetworkSpecification(
                        architecture,
                        FEATURES,
                        20,
                        SequencePooling.MEAN,
                        List.of(OptimizationEvent.parse("rating:levels(4)"), OptimizationEvent.binary("click")));
                double rows = 100 + 30 + 100;
                assertThat(ServingCosts.of(network).parameterBytes())
                        .as("%s", architecture)
                        .isEqualTo(4 * (denseParameters(network) + rows * (DIMENSION + 1)));
            }
        }
    }

    private static Predicate<Interaction> distinctKinds() {
        Set<Interaction.Kind> seen = EnumSet.noneOf(Interaction.Kind.class);
        return interaction -> seen.add(interaction.kind());
    }

    private static long denseParameters(NetworkSpecification specification) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            RankingNetwork network = RankingNetwork.of(specification);
            network.initialize(manager, DataType.FLOAT32, network.inputShapes(2));
            long count = network.getParameters().values().stream()
                    .mapToLong(parameter -> parameter.getShape().size())
                    .sum();
            network.clear();
            return count;
        }
    }
}
