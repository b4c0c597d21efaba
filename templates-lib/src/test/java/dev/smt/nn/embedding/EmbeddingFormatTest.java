package dev.smt.nn.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddingFormatTest {
    private static final int DIMENSION = 7;

    @Test
    void everyHalfIsTheHalfThatItsValueIsClosestTo() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short half = (short) bits;
            boolean finite = (bits & 0x7C00) != 0x7C00;
            if (finite) {
                float value = HalfPrecision.value(half);
                assertThat(HalfPrecision.nearest(value)).isEqualTo(half);
                assertThat(HalfPrecision.below(value)).isEqualTo(half);
                assertThat(HalfPrecision.above(value)).isEqualTo(half);
            }
        }
        assertThat(HalfPrecision.value((short) 0x3C00)).isEqualTo(1f);
        assertThat(HalfPrecision.value((short) 0xC000)).isEqualTo(-2f);
        assertThat(HalfPrecision.value((short) 0x3555)).isEqualTo(0.333251953125f);
        assertThat(HalfPrecision.value((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(HalfPrecision.value((short) 0x7BFF)).isEqualTo(HalfPrecision.LARGEST);
    }

    @Test
    void numbersBetweenHalvesGoToTheNearestOfTwoTheEvenOne() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float low = HalfPrecision.value((short) bits);
            float high = HalfPrecision.value((short) (bits + 1));
            float middle = (low + high) / 2;
            assertThat(HalfPrecision.nearest(middle)).isEqualTo((short) (bits % 2 == 0 ? bits : bits + 1));
            assertThat(HalfPrecision.nearest(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(HalfPrecision.nearest(-Math.nextUp(middle))).isEqualTo((short) (bits + 1 | 0x8000));
            assertThat(HalfPrecision.below(middle)).isEqualTo((short) bits);
            assertThat(HalfPrecision.above(middle)).isEqualTo((short) (bits + 1));
            assertThat(HalfPrecision.value(HalfPrecision.below(-middle))).isEqualTo(-high);
        }
        assertThat(HalfPrecision.value(HalfPrecision.nearest(1e9f))).isEqualTo(HalfPrecision.LARGEST);
        assertThat(HalfPrecision.value(HalfPrecision.nearest(Float.NEGATIVE_INFINITY)))
                .isEqualTo(-HalfPrecision.LARGEST);
    }

    @ParameterizedTest
    @EnumSource
    void aRowTakesTheBytesThatTheFormatSays(EmbeddingFormat format) {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        format.encode(new float[DIMENSION + 1], 0, DIMENSION, buffer);
        assertThat(buffer.position()).isEqualTo(format.bytesPerRow(DIMENSION));
        assertThat(EmbeddingFormat.FP32.bytesPerRow(16)).isEqualTo(68);
        assertThat(EmbeddingFormat.FP16.bytesPerRow(16)).isEqualTo(34);
        assertThat(EmbeddingFormat.INT8.bytesPerRow(16)).isEqualTo(22);
    }

    @Test
    void fp32KeepsEveryBit() {
        float[] row = row(1, 1);
        row[2] = -0f;
        assertThat(stored(EmbeddingFormat.FP32, row)).isEqualTo(row);
    }

    @Test
    void fp16MovesNoNumberByMoreThanHalfItsLastPlaceAndRoundsOnce() {
        for (int seed = 0; seed < 200; seed++) {
            float[] row = row(seed, Math.exp(seed % 20 - 10));
            float[] once = stored(EmbeddingFormat.FP16, row);
            for (int i = 0; i < row.length; i++) {
                assertThat(once[i]).isCloseTo(row[i], within(Math.abs(row[i]) * 0x1p-11f + 0x1p-25f));
            }
            assertThat(stored(EmbeddingFormat.FP16, once)).isEqualTo(once);
        }
    }

    @Test
    void int8MovesNoValueOfAVectorByMoreThanHalfAStepOfItsRow() {
        for (int seed = 0; seed < 500; seed++) {
            float[] row = row(seed, Math.exp(seed % 20 - 10));
            float[] served = stored(EmbeddingFormat.INT8, row);
            double least =
                    IntStream.range(0, DIMENSION).mapToDouble(d -> row[d]).min().orElseThrow();
            double largest =
                    IntStream.range(0, DIMENSION).mapToDouble(d -> row[d]).max().orElseThrow();
            // Offset and scale are halves: the step is up to one last place of either larger than the ideal one.
            double step = (largest - least + Math.abs(least) * 0x1p-10 + 0x1p-24) / 255 * (1 + 0x1p-10) + 0x1p-24;
            for (int d = 0; d < DIMENSION; d++) {
                assertThat((double) served[d]).isCloseTo(row[d], within(step / 2 * 1.0001));
            }
            assertThat(served[DIMENSION])
                    .isCloseTo(row[DIMENSION], within(Math.abs(row[DIMENSION]) * 0x1p-11f + 0x1p-25f));
        }
    }

    @Test
    void int8KeepsAVectorWhoseValuesAreEqual() {
        float[] row = new float[DIMENSION + 1];
        Arrays.fill(row, 0.5f);
        assertThat(stored(EmbeddingFormat.INT8, row)).isEqualTo(row);
        assertThat(stored(EmbeddingFormat.INT8, new float[DIMENSION + 1])).containsOnly(0);
    }

    private static float[] row(long seed, double deviation) {
        Random random = new Random(seed);
        float[] row = new float[DIMENSION + 1];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (deviation * random.nextGaussian());
        }
        return row;
    }

    private static float[] stored(EmbeddingFormat format, float[] row) {
        ByteBuffer buffer = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        format.encode(row, 0, DIMENSION, buffer);
        float[] back = new float[DIMENSION + 1];
        format.decode(buffer.flip(), DIMENSION, back);
        return back;
    }
}
