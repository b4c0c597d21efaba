package dev.smt.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingNetworkTest {
    private static final List<List<Interaction>> INTERACTIONS = List.of(
            List.of(new Interaction.Dot()),
            List.of(new Interaction.Cross(2, 0)),
            List.of(new Interaction.Cross(1, 2), new Interaction.Dot()));

    /** Every paradigm, interactions, number of id and numeric features per side, and head. */
    static Stream<NetworkSpecification> specifications() {
        List<NetworkSpecification> all = new ArrayList<>();
        for (Paradigm paradigm : Paradigm.values()) {
            for (List<Interaction> interactions : INTERACTIONS) {
                for (int[] counts : new int[][] {{1, 0}, {0, 1}, {2, 3}, {4, 0}}) {
                    for (List<Integer> head : List.of(List.<Integer>of(), List.of(6, 4))) {
                        all.add(specification(
                                new Architecture(paradigm, 5, 0, List.of(7), interactions, head),
                                counts[0],
                                counts[1]));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void makesOneLogitPerRowAsItsOutputShapeSays(NetworkSpecification specification) {
        try (NDManager manager = NDManager.newBaseManager()) {
            RankingNetwork network = RankingNetwork.of(specification);
            Shape[] shapes = network.inputShapes(3);
            network.initialize(manager, DataType.FLOAT32, shapes);
            NDList inputs = new NDList();
            for (Shape shape : shapes) {
                inputs.add(manager.ones(shape));
            }

            NDArray output = network.forward(new ParameterStore(manager, false), inputs, false)
                    .singletonOrThrow();

            assertThat(output.getShape()).isEqualTo(new Shape(3, 1));
            assertThat(network.getOutputShapes(shapes)).containsExactly(new Shape(3, 1));
            assertThat(output.toFloatArray()).doesNotContain(Float.NaN);
        }
    }

    @Test
    void refusesTwoTowersWithFeaturesOnOneSideOnly() {
        NetworkSpecification specification = new NetworkSpecification(
                new Architecture(
                        Paradigm.DECOUPLED_SPARSE_NN, 5, 0, List.of(), List.of(new Interaction.Dot()), List.of()),
                List.of(
                        feature("age", FeatureSide.USER, new NumericColumn()),
                        feature("hour", FeatureSide.CONTEXT, new IdColumn(24))),
                1,
                SequencePooling.SUM,
                List.of(OptimizationEvent.binary("click")));

        assertThatThrownBy(() -> RankingNetwork.of(specification))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its item tower has none of [age (USER), hour (CONTEXT)]");
    }

    private static NetworkSpecification specification(Architecture architecture, int ids, int numeric) {
        List<Feature> features = new ArrayList<>();
        for (FeatureSide side : List.of(FeatureSide.USER, FeatureSide.ITEM)) {
            for (int i = 0; i < ids; i++) {
                features.add(feature(side + " id " + i, side, new IdColumn(10)));
            }
            for (int i = 0; i < numeric; i++) {
                features.add(feature(side + " number " + i, side, new NumericColumn()));
            }
        }
        return new NetworkSpecification(
                architecture, features, 1, SequencePooling.SUM, List.of(OptimizationEvent.binary("click")));
    }

    private static Feature feature(String name, FeatureSide side, Column column) {
        return new Feature(name, FeatureType.OTHER, side, column);
    }
}
