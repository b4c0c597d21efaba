package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
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
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.serving.ServingCosts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimated embedding bytes read are those of the rows that one example with distinct ids touches. */
class EmbeddingBytesReadTest {
    private static final Feature USER = new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(9));
    private static final Feature AGE = new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    private static final Feature AD = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(9));
    private static final Feature HISTORY =
            new Feature("history", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(20, 7));

    @ParameterizedTest
    @CsvSource({"SPARSE_NN, 3, 5", "SPARSE_NN, 16, 50", "DECOUPLED_SPARSE_NN, 4, 1", "DECOUPLED_SPARSE_NN, 8, 7"})
    void areThoseOfTheRowsThatAnExampleTouches(Paradigm paradigm, int dimension, int length) {
        EncodedExamples examples = EncodedExamples.builder(1)
                .numeric(AGE, new float[] {1})
                .ids(USER, new int[] {3})
                .ids(AD, new int[] {4})
                .sequences(HISTORY, new int[] {0, 7}, new int[] {1, 2, 3, 4, 5, 6, 7})
                .label("click", new float[] {1})
                .buckets(new byte[1])
                .rowHashes(new long[1])
                .times(new long[1])
                .build();
        NetworkSpecification network = new NetworkSpecification(
                new Architecture(paradigm, dimension, 0, List.of(), List.of(new Interaction.Dot()), List.of()),
                List.of(AD, AGE, HISTORY, USER),
                length,
                SequencePooling.MEAN,
                List.of(OptimizationEvent.binary("click")));
        try (RankingModel model = new RankingModel(network, 1, 1, EmbeddingOptimizer.Kind.SGD.create(0))) {
            model.read(examples);
            model.backward(new int[] {0}, 0, 1, (logits, count, gradient) -> {
                gradient[0] = 1;
                return 1;
            });

            long bytes = model.gradients()
                    .mapToLong(EmbeddingBytesReadTest::touchedBytes)
                    .sum();
            assertThat(ServingCosts.of(network).embeddingBytesRead()).isEqualTo(bytes);
        }
    }

    private static long touchedBytes(SparseGradient gradient) {
        // A row's vector and its first-order weight.
        long rowBytes = (gradient.table().dimension() + 1L) * Float.BYTES;
        return gradient.touched() * rowBytes;
    }
}
