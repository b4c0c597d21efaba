package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedColumnsTest {
    private static final Feature NUMBER =
            new Feature("price", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    private static final Feature ID = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(50));
    private static final Feature SEQUENCE =
            new Feature("seen", FeatureType.EVENT, FeatureSide.CONTEXT, new SequenceColumn(70, 4));
    private static final Feature VECTOR =
            new Feature("text", FeatureType.EMBEDDING, FeatureSide.ITEM, new VectorColumn(3));

    @TempDir
    private Path folder;

    private final AtomicInteger reads = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 65_537, 200_001})
    void hasTheColumnsOfTheHeap(int rows) throws IOException {
        byte[] file = file(random(rows, rows + 1));
        EncodedExamples heap = EncodedExamplesFile.read(new ByteArrayInputStream(file));
        assertSame(mapped(file), heap);
    }

    @Test
    void whatIsMadeOfThemIsWhatIsMadeOfTheHeap() throws IOException {
        byte[] file = file(random(100, 3));
        EncodedExamples heap = EncodedExamplesFile.read(new ByteArrayInputStream(file));
        EncodedExamples mapped = mapped(file);
        int[] turned = IntStream.range(0, 100).map(row -> 99 - row).toArray();
        for (Feature feature : heap.features()) {
            assertSame(mapped.withPermuted(feature.name(), turned), heap.withPermuted(feature.name(), turned));
        }
        assertSame(mapped.range(20, 60), heap.range(20, 60));
        assertThat(file(mapped)).isEqualTo(file);
    }

    @Test
    void aDeletedFileIsStillReadable() throws IOException {
        byte[] file = file(random(1_000, 4));
        EncodedExamples mapped = mapped(file);
        Files.delete(folder.resolve("columns"));
        assertSame(mapped, EncodedExamplesFile.read(new ByteArrayInputStream(file)));
        assertThat(reads).hasValue(1);
    }

    @Test
    void everyDamagedByteIsFoundAndTheFileWrittenAgain() throws IOException {
        byte[] file = file(random(3, 5));
        EncodedExamples heap = EncodedExamplesFile.read(new ByteArrayInputStream(file));
        Path columns = folder.resolve("columns");
        mapped(file);
        long length = Files.size(columns);
        assertThat(length).isGreaterThan(50);
        for (long at = 0; at < length; at++) {
            reads.set(0);
            EncodedExamples mapped = mapped(file);
            try (RandomAccessFile damaged = new RandomAccessFile(columns.toFile(), "rw")) {
                damaged.seek(at);
                int good = damaged.read();
                damaged.seek(at);
                damaged.write(good ^ 1 << at % 8);
            }
            assertSame(mapped, heap);
            assertThat(reads).as("byte " + at).hasValue(2);
            try (var names = Files.list(folder)) {
                assertThat(names).containsExactly(columns);
            }
        }
    }

    @Test
    void columnsThatAreOthersWhenTheyAreWrittenAgainAreRefused() throws IOException {
        byte[] first = file(random(3, 5));
        byte[] second = file(random(3, 6));
        EncodedExamples mapped = MappedColumns.write(
                folder.resolve("columns"),
                columns -> EncodedExamplesFile.read(
                        new ByteArrayInputStream(reads.getAndIncrement() == 0 ? first : second), columns),
                bytes -> {});
        try (RandomAccessFile damaged =
                new RandomAccessFile(folder.resolve("columns").toFile(), "rw")) {
            damaged.write(0x7F);
        }
        assertThatThrownBy(() -> mapped.sequences("seen"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is another one");
    }

    @Test
    void asksForRoomBeforeItWrites() throws IOException {
        byte[] file = file(random(10, 5));
        assertThatThrownBy(() -> MappedColumns.write(folder.resolve("columns"), source(file), bytes -> {
                    throw new IOException("no room for " + bytes);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no room for 44");
        assertThat(folder.resolve("columns")).isEmptyFile();
    }

    private EncodedExamples mapped(byte[] file) throws IOException {
        return MappedColumns.write(folder.resolve("columns"), source(file), bytes -> {});
    }

    private MappedColumns.Source source(byte[] file) {
        return columns -> {
            reads.incrementAndGet();
            return EncodedExamplesFile.read(new ByteArrayInputStream(file), columns);
        };
    }

    private static void assertSame(EncodedExamples actual, EncodedExamples expected) {
        assertThat(actual.rows()).isEqualTo(expected.rows());
        assertThat(actual.features()).isEqualTo(expected.features());
        assertThat(actual.numeric("price")).isEqualTo(expected.numeric("price"));
        assertThat(actual.ids("ad")).isEqualTo(expected.ids("ad"));
        assertThat(actual.vectors("text")).isEqualTo(expected.vectors("text"));
        assertThat(actual.sequences("seen").offsets())
                .isEqualTo(expected.sequences("seen").offsets());
        assertThat(actual.sequences("seen").values())
                .isEqualTo(expected.sequences("seen").values());
        assertThat(actual.label("click")).isEqualTo(expected.label("click"));
        assertThat(actual.bucketColumn()).isEqualTo(expected.bucketColumn());
        assertThat(actual.rowHashColumn()).isEqualTo(expected.rowHashColumn());
        assertThat(actual.timeColumn()).isEqualTo(expected.timeColumn());
    }

    private static byte[] file(EncodedExamples examples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncodedExamplesFile.write(examples, out);
        return out.toByteArray();
    }

    private static EncodedExamples random(int rows, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[rows];
        int[] ids = new int[rows];
        float[] vectors = new float[3 * rows];
        int[] offsets = new int[rows + 1];
        float[] clicks = new float[rows];
        byte[] buckets = new byte[rows];
        long[] times = new long[rows];
        for (int row = 0; row < rows; row++) {
            numbers[row] = (float) random.nextGaussian();
            ids[row] = random.nextInt(50);
            for (int d = 0; d < 3; d++) {
                vectors[3 * row + d] = random.nextFloat();
            }
            offsets[row + 1] = offsets[row] + random.nextInt(5);
            clicks[row] = random.nextInt(2);
            buckets[row] = (byte) random.nextInt();
            times[row] = 1_000L * row;
        }
        return EncodedExamples.builder(rows)
                .sequences(SEQUENCE, offsets, random.ints(offsets[rows], 0, 70).toArray())
                .numeric(NUMBER, numbers)
                .ids(ID, ids)
                .vectors(VECTOR, vectors)
                .label("click", clicks)
                .buckets(buckets)
                .rowHashes(random.longs(rows).toArray())
                .times(times)
                .build();
    }
}
