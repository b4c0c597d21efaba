package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.Paradigm;
import dev.smt.nn.Representations;
import dev.smt.training.DeviceRuns.Run;
import dev.smt.training.sharding.ShardingLayout;
import dev.smt.training.sharding.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract of every layer: trained layer by layer, a network ends as one whose parameters are at hand. */
class ShardedLayersTest {
    private static final EncodedExamples ROWS = PlantedExamples.of(600, 1);
    private static final int STEPS = 4;

    static Stream<Interaction> interactions() {
        return Stream.of(
                new Interaction.Dot(),
                new Interaction.Cross(2, 3),
                new Interaction.FactorizationMachine(),
                new Interaction.VectorCross(2),
                new Interaction.CrossMixture(2, 2, 3),
                new Interaction.Ensemble(2, 4),
                new Interaction.FactorizationStack(2, 3, 2, 4, 8),
                new Interaction.Mask(2, 1.5, 6));
    }

    @Test
    void everyInteractionIsHere() {
        assertThat(interactions().map(Interaction::kind)).containsExactlyInAnyOrder(Interaction.Kind.values());
    }

    @ParameterizedTest
    @MethodSource("interactions")
    void everyInteraction(Interaction interaction) {
        Architecture architecture =
                new Architecture(Paradigm.SPARSE_NN, 8, 0, List.of(12), List.of(interaction), List.of(16));
        assertSame(architecture, SequencePooling.SUM, List.of(OptimizationEvent.binary("click")));
    }

    @ParameterizedTest
    @EnumSource(SequencePooling.class)
    void everyPooling(SequencePooling pooling) {
        Architecture architecture =
                new Architecture(Paradigm.SPARSE_NN, 8, 0, List.of(12), List.of(new Interaction.Dot()), List.of(16));
        assertSame(architecture, pooling, List.of(OptimizationEvent.binary("click")));
    }

    @ParameterizedTest
    @EnumSource(NumericRepresentation.Kind.class)
    void everyNumericRepresentation(NumericRepresentation.Kind kind) {
        Architecture plain =
                new Architecture(Paradigm.SPARSE_NN, 8, 0, List.of(12), List.of(new Interaction.Dot()), List.of(16));
        Architecture architecture = plain.withRepresentations(numeric(kind));
        assertSame(architecture, SequencePooling.MEAN, List.of(OptimizationEvent.binary("click")));
    }

    private static Representations numeric(NumericRepresentation.Kind kind) {
        return Representations.PLAIN.withNumeric(new NumericRepresentation(kind, 8, 4, 0.1));
    }

    @Test
    void expertsOfSeveralEventsWithNormalizedLayers() {
        HiddenLayers layers = new HiddenLayers(HiddenLayers.Activation.GELU, HiddenLayers.Normalization.LAYER, 0);
        Architecture architecture = new Architecture(
                Paradigm.SPARSE_NN,
                8,
                0,
                List.of(12),
                List.of(new Interaction.Dot()),
                0,
                List.of(16, 8),
                2,
                layers,
                Representations.PLAIN);
        assertSame(
                architecture,
                SequencePooling.SUM,
                List.of(
                        OptimizationEvent.binary("click"),
                        new OptimizationEvent("true logit", new OptimizationEvent.Amount(), "", 0.5)));
    }

    private static void assertSame(Architecture architecture, SequencePooling pooling, List<OptimizationEvent> events) {
        NetworkSpecification network = new NetworkSpecification(architecture, PlantedExamples.ALL, 5, pooling, events);
        ModelSpecification specification =
                new ModelSpecification(network, DataTemplate.PLAIN, PlantedExamples.training(1, 100), "0");
        DeviceRuns runs = new DeviceRuns(specification, ROWS, 3);
        Run alone = runs.alone(STEPS);
        Run sharded = runs.over(new ShardingLayout(Strategy.FULLY_SHARDED, 2, 2, Map.of()), STEPS);

        assertThat(sharded.dense()).hasSameSizeAs(alone.dense());
        for (int step = 0; step < STEPS; step++) {
            assertThat(Math.abs(sharded.losses().get(step) - alone.losses().get(step)))
                    .isLessThan(1e-4);
        }
        // Adam's steps are of the size of the rate however small a gradient is: a few may take another sign.
        float[] distances = new float[alone.dense().length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.abs(sharded.dense()[i] - alone.dense()[i]);
        }
        Arrays.sort(distances);
        assertThat(distances[distances.length * 98 / 100]).isLessThan(1e-5f);
    }
}
