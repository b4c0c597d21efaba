package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.io.IOException;
import java.io.OutputStream;
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

    @TempDir
    private Path temporary;

    private Path folder;
    private long bytes;
    private final List<String> copied = new ArrayList<>();
    private final List<String> readInPlace = new ArrayList<>();

    @BeforeEach
    void measure() throws IOException {
        folder = temporary.resolve("copies");
        Path one = temporary.resolve("one");
        write(one, 1);
        bytes = Files.size(one);
    }

    @Test
    void aFileIsFetchedOnce() {
        LocalCopies copies = new LocalCopies(folder, 10 * bytes);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(price(copies, "b", 2)).isEqualTo(2);
        assertThat(copied).containsExactly("a", "b");
        assertThat(readInPlace).isEmpty();
        assertThat(names()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatWasNotReadForLongestMakesRoom() {
        LocalCopies copies = new LocalCopies(folder, 2 * bytes);
        price(copies, "a", 1);
        price(copies, "b", 2);
        price(copies, "a", 1);
        assertThat(price(copies, "c", 3)).isEqualTo(3);
        assertThat(names()).containsExactlyInAnyOrder("a", "c");
        assertThat(price(copies, "b", 2)).isEqualTo(2);
        assertThat(names()).containsExactlyInAnyOrder("c", "b");
        assertThat(copied).containsExactly("a", "b", "c", "b");
    }

    @Test
    void aFileLargerThanTheRoomIsReadWhereItIs() {
        LocalCopies copies = new LocalCopies(folder, bytes - 1);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(copied).isEmpty();
        assertThat(readInPlace).containsExactly("a");
    }

    @Test
    void aDamagedCopyIsFetchedAgain() throws IOException {
        LocalCopies copies = new LocalCopies(folder, 10 * bytes);
        price(copies, "a", 1);
        byte[] content = Files.readAllBytes(folder.resolve("a"));
        for (int place : new int[] {0, content.length / 2, content.length - 1}) {
            byte[] damaged = content.clone();
            damaged[place] ^= 1;
            Files.write(folder.resolve("a"), damaged);
            assertThat(price(copies, "a", 1)).isEqualTo(1);
            assertThat(folder.resolve("a")).hasBinaryContent(content);
        }
        assertThat(copied).hasSize(4);
    }

    @Test
    void aLostCopyIsFetchedAgain() throws IOException {
        LocalCopies copies = new LocalCopies(folder, 10 * bytes);
        price(copies, "a", 1);
        Files.delete(folder.resolve("a"));
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(copied).containsExactly("a", "a");
    }

    @Test
    void whereNothingCanBeWrittenTheFileIsReadWhereItIs() throws IOException {
        Files.writeString(folder, "not a folder");
        LocalCopies copies = new LocalCopies(folder, 10 * bytes);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(price(copies, "a", 1)).isEqualTo(1);
        assertThat(readInPlace).containsExactly("a", "a");
    }

    @Test
    void aFileThatIsNotTheManifestsIsRefusedAndLeavesNothing() {
        LocalCopies copies = new LocalCopies(folder, 10 * bytes);
        assertThatThrownBy(() -> copies.read(summary("a"), new LocalCopies.Source() {
                    @Override
                    public void copy(Path target) throws IOException {
                        Files.writeString(target, "half");
                        throw new InvalidInputException("another checksum");
                    }

                    @Override
                    public EncodedExamples read() {
                        throw new AssertionError("the copy said enough");
                    }
                }))
                .isInstanceOf(InvalidInputException.class);
        assertThat(names()).isEmpty();
        assertThat(price(copies, "a", 1)).isEqualTo(1);
    }

    @Test
    void manyThreadsReadWhatTheyAskFor() {
        LocalCopies copies = new LocalCopies(folder, 3 * bytes);
        IntStream.range(0, 400).parallel().forEach(i -> assertThat(price(copies, "file-" + i % 7, i % 7))
                .isEqualTo(i % 7));
        assertThat(names()).hasSizeLessThanOrEqualTo(3);
    }

    private float price(LocalCopies copies, String name, float price) {
        return copies.read(summary(name), new LocalCopies.Source() {
                    @Override
                    public void copy(Path target) throws IOException {
                        write(target, price);
                        synchronized (copied) {
                            copied.add(name);
                        }
                    }

                    @Override
                    public EncodedExamples read() {
                        synchronized (readInPlace) {
                            readInPlace.add(name);
                        }
                        return examples(price);
                    }
                })
                .numeric("price")[0];
    }

    private SplitSummary summary(String name) {
        return new SplitSummary(1, Map.of(), 0, 0, name, bytes);
    }

    private static EncodedExamples examples(float price) {
        return EncodedExamples.builder(1).numeric(PRICE, new float[] {price}).build();
    }

    private static void write(Path target, float price) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            EncodedExamplesFile.write(examples(price), out);
        }
    }

    private List<String> names() {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : List.of(names);
    }
}
