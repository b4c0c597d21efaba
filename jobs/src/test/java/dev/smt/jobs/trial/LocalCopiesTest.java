package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.data.HeapColumns;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCopiesTest {
    private static final Feature PRICE =
            new Feature("price", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn());

    /** Of the one column of one row. */
    private static final int BYTES = Float.BYTES;

    @TempDir
    private Path temporary;

    private Path folder;
    private final List<String> fetched = new ArrayList<>();
    private final List<String> intoTheHeap = new ArrayList<>();

    @BeforeEach
    void name() {
        folder = temporary.resolve("copies");
    }

    @Test
    void aFileIsFetchedOnce() {
        LocalCopies copies = new LocalCopies(folder, 10 * BYTES);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(price(copies, "b", 2)).isEqualTo(2);
        assertThat(fetched).containsExactly("a", "b");
        assertThat(intoTheHeap).isEmpty();
        assertThat(names()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatWasNotReadForLongestMakesRoom() {
        LocalCopies copies = new LocalCopies(folder, 2 * BYTES);
        price(copies, "a", 1);
        price(copies, "b", 2);
        price(copies, "a", 1);
        assertThat(price(copies, "c", 3)).isEqualTo(3);
        assertThat(names()).containsExactlyInAnyOrder("a", "c");
        assertThat(price(copies, "b", 2)).isEqualTo(2);
        assertThat(names()).containsExactlyInAnyOrder("c", "b");
        assertThat(fetched).containsExactly("a", "b", "c", "b");
    }

    @Test
    void aFileLargerThanTheRoomIsInTheHeap() {
        LocalCopies copies = new LocalCopies(folder, BYTES - 1);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(fetched).isEmpty();
        assertThat(intoTheHeap).containsExactly("a");
    }

    @Test
    void aDamagedCopyIsFetchedAgainAlsoForThoseWhoHaveItAlready() throws IOException {
        LocalCopies copies = new LocalCopies(folder, 10 * BYTES);
        EncodedExamples examples = read(copies, "a", 1);
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("a").toFile(), "rw")) {
            file.write(0x7F);
        }
        assertThat(examples.numeric("price")).containsExactly(1);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(fetched).containsExactly("a", "a");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aCopyWhoseFileIsGoneIsStillThere() throws IOException {
        LocalCopies copies = new LocalCopies(folder, 10 * BYTES);
        price(copies, "a", 1);
        Files.delete(folder.resolve("a"));
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(fetched).containsExactly("a");
    }

    @Test
    void whereNothingCanBeWrittenTheFileIsInTheHeap() throws IOException {
        Files.writeString(folder, "not a folder");
        LocalCopies copies = new LocalCopies(folder, 10 * BYTES);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(intoTheHeap).containsExactly("a");
    }

    @Test
    void aFileThatIsNotTheManifestsIsRefusedAndLeavesNothing() {
        LocalCopies copies = new LocalCopies(folder, 10 * BYTES);
        assertThatThrownBy(() -> copies.read(summary("a"), columns -> {
                    columns.floats(1).add(new float[1], 1);
                    throw new InvalidInputException("another checksum");
                }))
                .isInstanceOf(InvalidInputException.class);
        assertThat(names()).isEmpty();
        for (int i = 0; i < 10; i++) {
            price(copies, "file-" + i, i);
        }
        assertThat(intoTheHeap).as("the room is given back").isEmpty();
        assertThat(names()).hasSize(10);
    }

    @Test
    void manyThreadsReadWhatTheyAskFor() {
        LocalCopies copies = new LocalCopies(folder, 3 * BYTES);
        IntStream.range(0, 400).parallel().forEach(i -> assertThat(price(copies, "file-" + i % 7, i % 7))
                .isEqualTo(i % 7));
        assertThat(names()).hasSizeLessThanOrEqualTo(3);
    }

    private float price(LocalCopies copies, String name, float price) {
        return read(copies, name, price).numeric("price")[0];
    }

    private EncodedExamples read(LocalCopies copies, String name, float price) {
        return copies.read(summary(name), columns -> {
            EncodedExamples examples = EncodedExamplesFile.read(new ByteArrayInputStream(file(price)), columns);
            List<String> log = columns instanceof HeapColumns ? intoTheHeap : fetched;
            synchronized (log) {
                log.add(name);
            }
            return examples;
        });
    }

    private static SplitSummary summary(String name) {
        return new SplitSummary(1, Map.of(), 0, 0, name, 1);
    }

    private static byte[] file(float price) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncodedExamplesFile.write(
                EncodedExamples.builder(1).numeric(PRICE, new float[] {price}).build(), out);
        return out.toByteArray();
    }

    private List<String> names() {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : List.of(names);
    }
}
