package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBlocksTest {
    private static final Feature NUMBER =
            new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 65_535, 65_536, 1 << 24, Integer.MAX_VALUE})
    void wholeNumbersOfAnySizeComeBack(int largest) throws IOException {
        int[] values = new Random(1)
                .ints(5_000)
                .map(value -> (int) ((value & 0xFFFFFFFFL) * largest >>> 32))
                .toArray();
        values[17] = largest;
        int[] back = new int[values.length + 2];

        unpack(pack(block -> block.ints(values)), block -> block.ints(back, 1, values.length));

        assertThat(IntStream.of(back).skip(1).limit(values.length)).containsExactly(boxed(values));
        assertThat(back[0] + back[back.length - 1]).isZero();
    }

    @Test
    void idsOfASmallVocabularyTakeFewBits() {
        int[] values = new Random(2).ints(65_536, 0, 8).toArray();

        assertThat(pack(block -> block.ints(values)).length).isLessThan(65_536 * 4 / 8);
        assertThat(pack(block -> block.ints(new int[65_536]))).hasSize(1);
    }

    @Test
    void numbersOfFewDistinctValuesAreAList() throws IOException {
        float[] amounts = new float[65_536];
        Random random = new Random(3);
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = (float) Math.log1p(random.nextInt(200));
        }
        byte[] packed = pack(block -> block.floats(amounts));
        float[] back = new float[amounts.length];

        unpack(packed, block -> block.floats(back, 0, back.length));

        assertThat(packed.length).isLessThan(amounts.length + 1_000);
        assertThat(back).isEqualTo(amounts);
    }

    @Test
    void numbersComeBackBitByBit() throws IOException {
        float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, 1.5f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, -0f};
        float[] back = new float[values.length];

        unpack(pack(block -> block.floats(values)), block -> block.floats(back, 0, back.length));

        for (int i = 0; i < values.length; i++) {
            assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
        }
    }

    @Test
    void timesMayGoBack() throws IOException {
        long[] times = {5, 5, 1L << 60, -3, Long.MIN_VALUE, Long.MAX_VALUE, 0};
        long[] back = new long[times.length];

        unpack(pack(block -> block.differences(times)), block -> block.differences(back, 0, back.length));

        assertThat(back).isEqualTo(times);
    }

    @Test
    void refusesBytesThatItDidNotWrite() {
        byte[] packed = pack(block -> block.ints(new int[] {1, 2, 300}));
        byte[] more = Arrays.copyOf(packed, packed.length + 1);
        byte[] planes = packed.clone();
        planes[0] = 5;
        float[] numbers = new float[3];

        assertThatThrownBy(() -> unpack(more, block -> block.ints(new int[3], 0, 3)))
                .hasMessage("1 bytes too many");
        assertThatThrownBy(() -> unpack(planes, block -> block.ints(new int[3], 0, 3)))
                .hasMessage("5 planes; allowed: 0 to 4");
        assertThatThrownBy(() -> unpack(packed, block -> block.ints(new int[2], 0, 2)))
                .hasMessage("a plane of 2 bytes claims 3");
        assertThatThrownBy(() -> unpack(new byte[] {9, 0, 0, 0}, block -> block.floats(numbers, 0, 3)))
                .hasMessage("3 numbers can't have 9 distinct values");
    }

    @Test
    void aFileTakesAsManyRowsAsWereAnnounced() throws IOException {
        try (EncodedExamplesWriter writer =
                new EncodedExamplesWriter(new ByteArrayOutputStream(), 5, List.of(NUMBER), Map.of(), List.of())) {
            assertThatThrownBy(() -> writer.write(numbers(6)))
                    .hasMessage("the group after row 0 has 6 rows; expected 1 to 5");
            assertThatThrownBy(() -> writer.write(EncodedExamples.builder(5).build()))
                    .hasMessage("the group after row 0 has other columns than the file: [], labels []");
            writer.write(numbers(4));
            assertThatThrownBy(writer::requireAll).hasMessage("4 rows were written; announced were 5");
            writer.write(numbers(1));
            writer.requireAll();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFileMayBeginWithAnotherOneWhoseIdsAreFewer(int version) throws IOException {
        byte[] old = FormatVersionsTest.file(version);
        EncodedExamples first = EncodedExamplesFile.read(new ByteArrayInputStream(old));
        List<Feature> features = first.features().stream()
                .map(feature -> feature.column() instanceof IdColumn
                        ? new Feature(feature.name(), feature.type(), feature.side(), new IdColumn(9))
                        : feature)
                .toList();
        EncodedExamples more = first.as(features);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (EncodedExamplesWriter writer = EncodedExamplesWriter.after(
                new ByteArrayInputStream(old), out, 2, features, Map.of("seen", 2), List.of("click"))) {
            writer.write(more);
            writer.requireAll();
        }
        assertThatThrownBy(() -> EncodedExamplesWriter.after(
                        new ByteArrayInputStream(old), out, 2, List.of(NUMBER), Map.of(), List.of("click")))
                .hasMessageStartingWith("rows of [")
                .hasMessageContaining("can't be followed by rows of [");

        EncodedExamples both = EncodedExamplesFile.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(both.numeric("age")).containsExactly(0.5f, -0.5f, 0.5f, -0.5f);
        assertThat(both.ids("ad")).containsExactly(3, 0, 3, 0);
        assertThat(both.sequences("seen").offsets()).containsExactly(0, 2, 2, 4, 4);
        assertThat(both.sequences("seen").values()).containsExactly(4, 1, 4, 1);
        assertThat(both.time(3)).isEqualTo(2000);
        assertThat(both.features()).isEqualTo(features);
    }

    private static EncodedExamples numbers(int rows) {
        return EncodedExamples.builder(rows).numeric(NUMBER, new float[rows]).build();
    }

    private interface Pack {
        void into(BlockEncoder block);
    }

    private interface Unpack {
        void from(BlockDecoder block) throws IOException;
    }

    private static byte[] pack(Pack pack) {
        try (BlockEncoder block = new BlockEncoder()) {
            pack.into(block);
            return block.take();
        }
    }

    private static void unpack(byte[] packed, Unpack unpack) throws IOException {
        try (BlockDecoder block = new BlockDecoder()) {
            block.take(packed);
            unpack.from(block);
            block.requireEnd();
        }
    }

    private static Integer[] boxed(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }
}
