package dev.smt.nn.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.IdRows;
import org.junit.jupiter.api.Test;

class PooledSequenceTest {
    private static final Feature SEEN =
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(10, 4));

    /** Rows: [1, 2, 3], [], [5]. */
    private final EncodedExamples examples = EncodedExamples.builder(3)
            .sequences(SEEN, new int[] {0, 3, 3, 4}, new int[] {1, 2, 3, 5})
            .build();

    private final EmbeddingTable table = new EmbeddingTable(10, 2, 0.1f, 1);

    PooledSequenceTest() {
        for (int id = 0; id < 10; id++) {
            table.set(id, new float[] {id, 10 * id}, 100 * id);
        }
    }

    @Test
    void sumsOrAveragesTheFirstIds() {
        FeatureVectors sums = pooled(SequencePooling.SUM, 2);
        FeatureVectors means = pooled(SequencePooling.MEAN, 4);

        assertThat(sums.vectors()).containsExactly(5, 50, 0, 0, 3, 30);
        assertThat(sums.firstOrder()).containsExactly(500, 0, 300);
        assertThat(means.vectors()).containsExactly(5, 50, 0, 0, 2, 20);
        assertThat(means.firstOrder()).containsExactly(500, 0, 200);
    }

    @Test
    void givesEachIdItsShareOfTheGradient() {
        PooledSequence sequence = new PooledSequence("seen", 0, 3, 4, SequencePooling.MEAN, table, IdRows.single(10));
        sequence.read(examples);
        FeatureVectors batch = new FeatureVectors(3, 1, 2);
        sequence.forward(new int[] {2, 1, 0}, 0, 3, batch, true);
        System.arraycopy(new float[] {1, 2, 7, 7, 30, 60}, 0, batch.vectors(), 0, 6);
        System.arraycopy(new float[] {1, 7, 3}, 0, batch.firstOrder(), 0, 3);
        sequence.backward(3, batch);

        assertThat(sequence.gradients().get(0).touched()).isEqualTo(4);
        assertThat(sequence.gradients().get(0).of(5)).containsExactly(1, 2, 1);
        assertThat(sequence.gradients().get(0).of(2)).containsExactly(10, 20, 1);
    }

    private FeatureVectors pooled(SequencePooling pooling, int maxLength) {
        PooledSequence sequence = new PooledSequence("seen", 0, 3, maxLength, pooling, table, IdRows.single(10));
        sequence.read(examples);
        FeatureVectors batch = new FeatureVectors(3, 1, 2);
        sequence.forward(new int[] {2, 1, 0}, 0, 3, batch, false);
        return batch;
    }
}
