package dev.smt.nn.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.Dot;
import dev.smt.nn.InteractionExamples;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another interaction in a network's place leaves the parameters of all else alone. */
class SwappedInteractionsTest {
    private static final Pattern FIRST_OF_HEAD = Pattern.compile("\\d\\dhead_01Linear_weight");

    @ParameterizedTest
    @EnumSource
    void withAnInteractionWidthAllOtherNamesAndShapesStay(Paradigm paradigm) {
        Map<String, Shape> expected = others(parameters(paradigm, List.of(new Dot()), 6), new Dot());
        for (Interaction interaction : InteractionExamples.all()) {
            assertThat(others(parameters(paradigm, List.of(interaction), 6), interaction))
                    .as("%s", interaction)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutOneOnlyTheHeadsFirstWeightChangesItsShape(Paradigm paradigm) {
        Map<String, Shape> expected = others(parameters(paradigm, List.of(new Dot()), 0), new Dot());
        for (Interaction interaction : InteractionExamples.all()) {
            Map<String, Shape> swapped = others(parameters(paradigm, List.of(interaction), 0), interaction);

            assertThat(swapped.keySet()).as("%s", interaction).isEqualTo(expected.keySet());
            assertThat(swapped.keySet())
                    .filteredOn(name -> !swapped.get(name).equals(expected.get(name)))
                    .as("%s", interaction)
                    .allMatch(name -> FIRST_OF_HEAD.matcher(name).matches());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModuleKeepsItsParametersWhenTheOneBesideItIsSwapped(Paradigm paradigm) {
        List<Interaction> examples = InteractionExamples.all();
        for (Interaction kept : examples) {
            Map<String, Shape> expected = null;
            for (Interaction swapped : examples) {
                if (swapped.kind() != kept.kind()) {
                    Map<String, Shape> others = others(parameters(paradigm, List.of(kept, swapped), 6), swapped);
                    expected = expected == null ? others : expected;
                    assertThat(others).as("%s beside %s", kept, swapped).isEqualTo(expected);
                }
            }
        }
    }

    /** The initial values of a parameter depend on its name: these are the names since the first release. */
    @Test
    void theFirstModulesHaveTheirNames() {
        assertThat(parameters(Paradigm.SPARSE_NN, List.of(new Dot(), new Cross(1, 2)), 0))
                .containsOnlyKeys(
                        "01firstOrder_weight",
                        "02bias_bias",
                        "03tower_01numeric_01Linear_bias",
                        "03tower_01numeric_01Linear_weight",
                        "03tower_03cross_01down_weight",
                        "03tower_03cross_02up_bias",
                        "03tower_03cross_02up_weight",
                        "04head_01Linear_bias",
                        "04head_01Linear_weight",
                        "04head_03Linear_weight");
        assertThat(parameters(Paradigm.SPARSE_NN, List.of(new Cross(1, 0)), 0))
                .containsKeys("03tower_02cross_01up_bias", "03tower_02cross_01up_weight");
    }

    /** The parameters that aren't of the module. */
    private static Map<String, Shape> others(Map<String, Shape> parameters, Interaction module) {
        String name = module.getClass().getSimpleName();
        Pattern own = Pattern.compile(".*_\\d\\d" + Character.toLowerCase(name.charAt(0)) + name.substring(1) + "_.*");
        Map<String, Shape> others = new TreeMap<>(parameters);
        others.keySet().removeIf(parameter -> own.matcher(parameter).matches());
        return others;
    }

    private static Map<String, Shape> parameters(
            Paradigm paradigm, List<Interaction> interactions, int interactionWidth) {
        Architecture architecture = new Architecture(paradigm, 3, 0, List.of(), interactions, List.of(5))
                .withInteractionWidth(interactionWidth);
        List<Feature> features = new ArrayList<>();
        for (FeatureSide side : List.of(FeatureSide.USER, FeatureSide.ITEM)) {
            features.add(new Feature(side + " id", FeatureType.ID, side, new IdColumn(9)));
            features.add(new Feature(side + " other id", FeatureType.ID, side, new IdColumn(9)));
        }
        features.add(new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn()));
        NetworkSpecification specification = new NetworkSpecification(
                architecture, features, 1, SequencePooling.SUM, List.of(OptimizationEvent.binary("click")));
        Map<String, Shape> shapes = new TreeMap<>();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            RankingNetwork network = RankingNetwork.of(specification);
            network.initialize(manager, DataType.FLOAT32, network.inputShapes(2));
            for (Pair<String, Parameter> parameter : network.getParameters()) {
                shapes.put(parameter.getKey(), parameter.getValue().getShape());
            }
        }
        return shapes;
    }
}
