package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
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
import dev.smt.nn.embedding.EmbeddingOptimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any two components that meet (representation and interaction, interaction and interaction, interaction and head) make
 * a network that does a training step, or are refused with the interaction named.
 */
class ComposedComponentsTest {
    private static final int ROWS = 3;
    private static final int[] ALL_ROWS = {0, 1, 2};

    /** What a tower's features are made of. */
    enum Representation {
        ONE_ID,
        ONE_NUMBER,
        ONE_SEQUENCE,
        ID_AND_NUMBERS,
        IDS_AND_SEQUENCE,
        ALL;

        List<Feature> of(FeatureSide side) {
            return switch (this) {
                case ONE_ID -> List.of(id(side, 0));
                case ONE_NUMBER -> List.of(number(side, 0));
                case ONE_SEQUENCE -> List.of(sequence(side));
                case ID_AND_NUMBERS -> List.of(id(side, 0), number(side, 0), number(side, 1));
                case IDS_AND_SEQUENCE -> List.of(id(side, 0), id(side, 1), sequence(side));
                case ALL -> List.of(id(side, 0), id(side, 1), sequence(side), number(side, 0));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void representationsAndInteractions(Paradigm paradigm) {
        EncodedExamples examples = examples();
        for (Representation user : Representation.values()) {
            for (Interaction interaction : InteractionExamples.all()) {
                for (SequencePooling pooling : SequencePooling.values()) {
                    for (int dimension : new int[] {1, 2}) {
                        List<Feature> features = new ArrayList<>(user.of(FeatureSide.USER));
                        if (paradigm == Paradigm.DECOUPLED_SPARSE_NN) {
                            // The towers differ, so that neither can take the other's shapes.
                            int next = (user.ordinal() + 1) % Representation.values().length;
                            features.addAll(Representation.values()[next].of(FeatureSide.ITEM));
                        }
                        check(paradigm, dimension, List.of(interaction), 0, List.of(4), features, pooling, examples);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void interactionsAndHeads(Paradigm paradigm) {
        EncodedExamples examples = examples();
        List<Feature> features = new ArrayList<>(Representation.ALL.of(FeatureSide.USER));
        features.addAll(Representation.ONE_ID.of(FeatureSide.ITEM));
        for (Interaction.Kind first : Interaction.Kind.values()) {
            for (Interaction.Kind second : Interaction.Kind.values()) {
                if (second.ordinal() < first.ordinal()) {
                    continue;
                }
                List<Interaction> modules =
                        new ArrayList<>(List.of(InteractionExamples.of(first).get(0)));
                if (second != first) {
                    modules.add(InteractionExamples.of(second).get(0));
                }
                for (List<Integer> head : List.of(List.<Integer>of(), List.of(4, 3))) {
                    for (int width : new int[] {0, 1, 6}) {
                        check(paradigm, 2, modules, width, head, features, SequencePooling.SUM, examples);
                    }
                }
            }
        }
    }

    private static void check(
            Paradigm paradigm,
            int dimension,
            List<Interaction> interactions,
            int interactionWidth,
            List<Integer> head,
            List<Feature> features,
            SequencePooling pooling,
            EncodedExamples examples) {
        String what = paradigm + " " + dimension + " " + interactions + " " + interactionWidth + " " + head + " "
                + features.stream().map(Feature::name).toList() + " " + pooling;
        Architecture architecture;
        try {
            architecture = new Architecture(paradigm, dimension, 0, List.of(3), interactions, head)
                    .withInteractionWidth(interactionWidth);
        } catch (IllegalArgumentException refused) {
            assertThat(interactions).as(what).anySatisfy(interaction -> assertThat(refused)
                    .hasMessageContaining("interaction " + interaction)
                    .hasMessageContaining("allowed: " + interaction.leastDimension() + " or more"));
            return;
        }
        try (RankingModel model = new RankingModel(
                new NetworkSpecification(
                        architecture, features, 4, pooling, List.of(OptimizationEvent.binary("click"))),
                ROWS,
                1,
                EmbeddingOptimizer.Kind.SGD.create(0))) {
            model.read(examples);
            double loss = model.backward(ALL_ROWS, 0, ROWS, (outputs, count, gradient) -> {
                double sum = 0;
                for (int b = 0; b < count; b++) {
                    sum += LogisticLoss.of(outputs[b], b % 2);
                    gradient[b] = (float) (LogisticLoss.sigmoid(outputs[b]) - b % 2);
                }
                return sum;
            });
            assertThat(loss).as(what).isFinite();
            assertThat(model.dense().gradient()).as(what).doesNotContain(Float.NaN);
        } catch (IllegalArgumentException refused) {
            assertThat(pooling).as(what).isEqualTo(SequencePooling.TARGET_ATTENTION);
            assertThat(refused).as(what).hasMessageContaining("target attention");
        } catch (RuntimeException e) {
            boolean refused = e instanceof IllegalArgumentException
                    && pooling == SequencePooling.TARGET_ATTENTION
                    && e.getMessage().startsWith("target attention ");
            if (!refused) {
                throw new AssertionError(what, e);
            }
        }
    }

    private static Feature id(FeatureSide side, int number) {
        return new Feature(side + " id " + number, FeatureType.ID, side, new IdColumn(5));
    }

    private static Feature number(FeatureSide side, int number) {
        return new Feature(side + " number " + number, FeatureType.NUMERIC, side, new NumericColumn());
    }

    private static Feature sequence(FeatureSide side) {
        return new Feature(side + " sequence", FeatureType.EVENT, side, new SequenceColumn(5, 4));
    }

    private static EncodedExamples examples() {
        EncodedExamplesBuilder builder = EncodedExamples.builder(ROWS);
        for (FeatureSide side : List.of(FeatureSide.USER, FeatureSide.ITEM)) {
            builder.ids(id(side, 0), new int[] {1, 2, 3})
                    .ids(id(side, 1), new int[] {4, 0, 4})
                    .numeric(number(side, 0), new float[] {0.5f, -1, 2})
                    .numeric(number(side, 1), new float[] {-0.5f, 1, 0})
                    .sequences(sequence(side), new int[] {0, 2, 2, 3}, new int[] {1, 2, 4});
        }
        return builder.label("click", new float[] {1, 0, 1})
                .buckets(new byte[ROWS])
                .rowHashes(new long[] {1, 2, 3})
                .times(new long[] {1, 2, 3})
                .build();
    }
}
