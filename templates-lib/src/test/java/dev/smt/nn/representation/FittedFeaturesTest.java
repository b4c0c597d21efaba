package dev.smt.nn.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.feature.Transform;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.Paradigm;
import dev.smt.nn.Representations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FittedFeaturesTest {
    private static final Feature AGE = new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    private static final Feature AD = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(6));
    private static final Feature SEEN =
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(9, 4));
    private static final Transform PAIR = new Transform.Cross("ad", "ad", 3);

    private final EncodedExamples train = EncodedExamples.builder(5)
            .numeric(AGE, new float[] {5, 1, 2, 3, 4})
            .ids(AD, new int[] {0, 5, 5, 2, 0})
            // Id 7 is three times in one row, id 8 in two rows.
            .sequences(SEEN, new int[] {0, 3, 4, 4, 6, 6}, new int[] {7, 7, 7, 8, 8, 1})
            .build();

    @Test
    void countsTheRowsThatHaveAnId() {
        FittedFeatures fitted = FittedFeatures.fit(network(2, NumericRepresentation.Kind.QUANTILE), train);

        assertThat(fitted.frequentIds(AD).orElseThrow().stream().toArray()).containsExactly(5);
        assertThat(fitted.frequentIds(SEEN).orElseThrow().stream().toArray()).containsExactly(8);
        assertThat(fitted.binEdges(AGE)).containsExactly(1, 3, 5);
        assertThat(fitted.state().numbers()).containsOnlyKeys("bins of age");
        assertThat(fitted.state().ids())
                .containsOnlyKeys("frequent ids of ad", "frequent ids of cross(ad, ad, 3)", "frequent ids of seen");
    }

    @Test
    void plainRepresentationsFitNothing() {
        FittedFeatures fitted = FittedFeatures.fit(network(1, NumericRepresentation.Kind.STANDARDIZED), train);

        assertThat(fitted.state()).isEqualTo(FittedState.NONE);
        assertThat(fitted.frequentIds(AD)).isEmpty();
        assertThat(fitted.numbers(AGE, train)).isSameAs(train.numeric("age"));
    }

    @Test
    void saysWhichStateIsMissing() {
        FittedFeatures none = new FittedFeatures(network(2, NumericRepresentation.Kind.QUANTILE), FittedState.NONE);

        assertThatThrownBy(() -> none.binEdges(AGE))
                .hasMessage("the fitted state has no bins of age; it has []: fit it on the training rows of the same"
                        + " specification");
    }

    private static NetworkSpecification network(int minCount, NumericRepresentation.Kind kind) {
        Architecture architecture = new Architecture(
                        Paradigm.SPARSE_NN, 4, 0, List.of(), List.of(new Interaction.Dot()), List.of())
                .withRepresentations(Representations.PLAIN
                        .withNumeric(new NumericRepresentation(kind, 2, 1, 1))
                        .withId(new IdRepresentation(IdRepresentation.Kind.SINGLE_ROW, minCount, 0)));
        Feature pair = PAIR.feature(Map.of("ad", AD));
        return new NetworkSpecification(
                architecture,
                List.of(AD, AGE, pair, SEEN),
                4,
                SequencePooling.SUM,
                List.of(OptimizationEvent.binary("click")),
                List.of(PAIR));
    }
}
