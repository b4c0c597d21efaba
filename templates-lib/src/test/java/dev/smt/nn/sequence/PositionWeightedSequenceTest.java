package dev.smt.nn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.IdRows;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Position-weighted pooling: TorchRec's definition, a weight per position times the id's vector, summed up. */
class PositionWeightedSequenceTest {
    private static final int IDS = 20;
    private static final int LENGTH = 6;
    private static final int ROWS = 400;
    private static final Feature SEEN =
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(IDS, 9));

    private final EncodedExamples examples = examples(new Random(2));
    private final int[] rows = IntStream.range(0, ROWS).toArray();

    @Test
    void withWeightsOfOneItIsTheSumBitForBit() {
        EmbeddingTable table = new EmbeddingTable(IDS, 3, 0.9f, 5);
        table.set(4, new float[] {0.1f, 0.7f, -3}, 0.3f);
        FeatureVectors sum = new FeatureVectors(ROWS, 1, 3);
        FeatureVectors weighted = new FeatureVectors(ROWS, 1, 3);
        PooledSequence plain =
                new PooledSequence("seen", 0, ROWS, LENGTH, SequencePooling.SUM, table, IdRows.single(IDS));
        PooledSequence positions = weighted(table, 3);
        plain.read(examples);
        positions.read(examples);

        plain.forward(rows, 0, ROWS, sum, true);
        positions.forward(rows, 0, ROWS, weighted, false);

        assertThat(weighted.vectors()).containsExactly(sum.vectors());
        assertThat(weighted.firstOrder()).containsExactly(sum.firstOrder());
    }

    @Test
    void weighsEachPositionAndCutsWhatIsTooLong() {
        EmbeddingTable table = new EmbeddingTable(IDS, 1, 0, 1);
        for (int id = 0; id < IDS; id++) {
            table.set(id, new float[] {id}, 10 * id);
        }
        EmbeddingTable positions = new EmbeddingTable(2, 1, 0, 1);
        PooledSequence sequence = PooledSequence.positionWeighted("seen", 0, 1, table, IdRows.single(IDS), positions);
        positions.set(1, new float[] {0.25f}, 0);
        sequence.read(EncodedExamples.builder(1)
                .sequences(SEEN, new int[] {0, 3}, new int[] {5, 8, 19})
                .build());
        FeatureVectors batch = new FeatureVectors(1, 1, 1);

        sequence.forward(new int[] {0}, 0, 1, batch, false);

        assertThat(batch.vectors()).containsExactly(5 + 0.25f * 8);
        assertThat(batch.firstOrder()).containsExactly(50 + 0.25f * 80);
    }

    /** The weights are known up to a factor that the vectors can take. */
    @Test
    void recoversAPlantedGeometricDecay() {
        double decay = 0.7;
        float[] effects = new float[IDS];
        Random random = new Random(3);
        for (int id = 0; id < IDS; id++) {
            effects[id] = (float) random.nextGaussian();
        }
        EmbeddingTable positions = new EmbeddingTable(LENGTH, 1, 0, 1);
        PooledSequence sequence = PooledSequence.positionWeighted(
                "seen", 0, ROWS, new EmbeddingTable(IDS, 1, 0.2f, 1), IdRows.single(IDS), positions);
        sequence.read(examples);
        FeatureVectors batch = new FeatureVectors(ROWS, 1, 1);
        for (int step = 0; step < 1500; step++) {
            Arrays.fill(batch.firstOrder(), 0);
            sequence.forward(rows, 0, ROWS, batch, true);
            for (int row = 0; row < ROWS; row++) {
                batch.vectors()[row] = (batch.vectors()[row] - target(row, decay, effects)) / ROWS;
            }
            Arrays.fill(batch.firstOrder(), 0);
            sequence.backward(ROWS, batch);
            sequence.update(0.1);
        }

        float first = positions.vector(0)[0];
        for (int position = 1; position < LENGTH; position++) {
            assertThat(positions.vector(position)[0] / first)
                    .as("position %s", position)
                    .isCloseTo((float) Math.pow(decay, position), withinPercentage(5));
        }
    }

    private float target(int row, double decay, float[] effects) {
        int begin = examples.sequences("seen").offsets()[row];
        int length = Math.min(LENGTH, examples.sequences("seen").offsets()[row + 1] - begin);
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += Math.pow(decay, i) * effects[examples.sequences("seen").values()[begin + i]];
        }
        return (float) sum;
    }

    private static PooledSequence weighted(EmbeddingTable table, int seed) {
        return PooledSequence.positionWeighted(
                "seen", 0, ROWS, table, IdRows.single(IDS), new EmbeddingTable(LENGTH, 1, 0, seed));
    }

    private static EncodedExamples examples(Random random) {
        int[] offsets = new int[ROWS + 1];
        int[] values = new int[ROWS * 9];
        for (int row = 0; row < ROWS; row++) {
            offsets[row + 1] = offsets[row];
            for (int i = random.nextInt(10); i > 0; i--) {
                values[offsets[row + 1]++] = random.nextInt(IDS);
            }
        }
        return EncodedExamples.builder(ROWS)
                .sequences(SEEN, offsets, Arrays.copyOf(values, offsets[ROWS]))
                .build();
    }
}
