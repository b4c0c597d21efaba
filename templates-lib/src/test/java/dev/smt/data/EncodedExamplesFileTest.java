package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedExamplesFileTest {
    private static final Feature NUMBER =
            new Feature("größe", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    private static final Feature ID = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(50));
    private static final Feature SEQUENCE =
            new Feature("seen", FeatureType.EVENT, FeatureSide.CONTEXT, new SequenceColumn(70, 4));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17, 65_536, 65_537, 300_001})
    void readsWhatItWrote(int rows) throws IOException {
        EncodedExamples examples = random(rows, rows + 1);

        EncodedExamples read = EncodedExamplesFile.read(new ByteArrayInputStream(bytes(examples)));

        assertThat(read.rows()).isEqualTo(rows);
        assertThat(read.features()).containsExactly(SEQUENCE, NUMBER, ID);
        assertThat(read.labels()).containsExactly("like", "click");
        assertThat(read.numeric("größe")).isEqualTo(examples.numeric("größe"));
        assertThat(read.ids("ad")).isEqualTo(examples.ids("ad"));
        assertThat(read.sequences("seen").offsets())
                .isEqualTo(examples.sequences("seen").offsets());
        assertThat(read.sequences("seen").values())
                .isEqualTo(examples.sequences("seen").values());
        assertThat(read.label("like")).isEqualTo(examples.label("like"));
        assertThat(read.label("click")).isEqualTo(examples.label("click"));
        assertThat(read.bucketColumn()).isEqualTo(examples.bucketColumn());
        assertThat(read.rowHashColumn()).isEqualTo(examples.rowHashColumn());
        assertThat(read.timeColumn()).isEqualTo(examples.timeColumn());
    }

    @Test
    void readsEmptySequencesAndNoFeatures() throws IOException {
        EncodedExamples empty = EncodedExamples.builder(2)
                .sequences(SEQUENCE, new int[3], new int[0])
                .build();
        EncodedExamples none = EncodedExamples.builder(3).build();

        assertThat(roundTrip(empty).sequences("seen").offsets()).containsExactly(0, 0, 0);
        assertThat(roundTrip(none).rows()).isEqualTo(3);
        assertThat(roundTrip(none).features()).isEmpty();
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] whole = bytes(random(3, 5));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EncodedExamplesFile.read(new ByteArrayInputStream(part)))
                    .as("the first " + length + " bytes")
                    .isInstanceOf(ExamplesFormatException.class)
                    .hasMessageContaining("cut short");
        }
    }

    @Test
    void refusesEveryFlippedBit() throws IOException {
        byte[] whole = bytes(random(2, 6));
        for (int at = 0; at < whole.length; at++) {
            byte[] tampered = whole.clone();
            tampered[at] ^= (byte) (1 << at % 8);
            assertThatThrownBy(() -> EncodedExamplesFile.read(new ByteArrayInputStream(tampered)))
                    .as("byte " + at)
                    .isInstanceOf(ExamplesFormatException.class);
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        byte[] newer = bytes(random(1, 7));
        newer[4] = 9;
        byte[] longer = Arrays.copyOf(bytes(random(1, 7)), newer.length + 1);
        byte[] damaged = bytes(random(1, 7));
        damaged[damaged.length - 6] ^= 1;

        assertRefused("PK not ours at all".getBytes(), "not a file of encoded examples");
        assertRefused(newer, "format version 9; this program reads 1 to 3");
        assertRefused(longer, "goes on after its last column");
        assertRefused(damaged, "checksum of times");
    }

    private static void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> EncodedExamplesFile.read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(ExamplesFormatException.class)
                .hasMessageContaining(reason);
    }

    private static EncodedExamples roundTrip(EncodedExamples examples) throws IOException {
        return EncodedExamplesFile.read(new ByteArrayInputStream(bytes(examples)));
    }

    private static byte[] bytes(EncodedExamples examples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncodedExamplesFile.write(examples, out);
        return out.toByteArray();
    }

    private static EncodedExamples random(int rows, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[rows];
        int[] ids = new int[rows];
        int[] offsets = new int[rows + 1];
        float[] likes = new float[rows];
        float[] clicks = new float[rows];
        byte[] buckets = new byte[rows];
        random.nextBytes(buckets);
        for (int row = 0; row < rows; row++) {
            numbers[row] = (float) random.nextGaussian();
            ids[row] = random.nextInt(50);
            offsets[row + 1] = offsets[row] + random.nextInt(5);
            likes[row] = random.nextInt(2);
            clicks[row] = random.nextInt(2);
        }
        return EncodedExamples.builder(rows)
                .sequences(SEQUENCE, offsets, random.ints(offsets[rows], 0, 70).toArray())
                .numeric(NUMBER, numbers)
                .ids(ID, ids)
                .label("like", likes)
                .label("click", clicks)
                .buckets(buckets)
                .rowHashes(random.longs(rows).toArray())
                .times(random.longs(rows).toArray())
                .build();
    }
}
