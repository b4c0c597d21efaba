package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import dev.smt.jobs.ingest.PipelineManifest.TrainingRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedStoreTest {
    private static final Feature PRICE =
            new Feature("price", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn());
    private static final List<Feature> FEATURES = List.of(
            PRICE,
            new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(4)),
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(3, 2)));

    @TempDir
    Path warehouse;

    private EncodedStore store;

    @BeforeEach
    void open() {
        store = new EncodedStore(warehouse.toString(), new Configuration());
    }

    @Test
    void aManifestSurvivesItsJsonForm() {
        PipelineManifest manifest = manifest("v1", Map.of());

        assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
        assertThatThrownBy(() -> ManifestJson.read(
                        ManifestJson.write(manifest).replace("\"format-version\" : 1", "\"format-version\" : 9")))
                .hasMessageContaining("format-version is 9; this program reads 1 to 1");
    }

    @Test
    void aVersionCountsOnlyWhenItIsMadeCurrent() throws IOException {
        PipelineManifest first = publish("v1", 1f);
        store.makeCurrent(List.of(first));
        PipelineManifest second = publish("v2", 2f);

        assertThat(store.manifests()).containsExactly(first);
        assertThat(store.hasWhole("feed 1", "v2")).isTrue();

        store.makeCurrent(List.of(second));

        assertThat(store.manifest("feed 1")).isEqualTo(second);
        assertThat(store.read(second, Split.TEST).numeric("price")).containsExactly(2f);
        assertThat(store.read(first, Split.TEST).numeric("price")).containsExactly(1f);
    }

    @Test
    void stagedFilesDoNotCount() throws IOException {
        String staging = store.newStaging();
        new StagedFiles(staging, "feed 1", new Configuration())
                .write(Split.TRAIN, out -> EncodedExamplesFile.write(examples(1f), out));

        assertThat(store.manifests()).isEmpty();
        store.dropStaging(staging);
        assertThat(warehouse.resolve("encoded")).isEmptyDirectory();
    }

    @Test
    void refusesWhatIsNotThereOrNotTheFileOfItsManifest() throws IOException {
        assertThatThrownBy(() -> store.manifest("feed 1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no encoded examples of pipeline feed 1")
                .hasMessageContaining("run ingest");
        PipelineManifest manifest = publish("v1", 1f);
        Path folder = warehouse.resolve("encoded").resolve(Slug.of("feed 1")).resolve("v1");

        Files.copy(
                folder.resolve("test.smtx"),
                folder.resolve("train.smtx"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(folder.resolve(".train.smtx.crc"));
        PipelineManifest other = manifest("v1", Map.of(Split.TRAIN, new StagedFiles.Written("0".repeat(64), 1)));
        assertThatThrownBy(() -> store.read(other, Split.TRAIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another checksum");

        Files.write(folder.resolve("test.smtx"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        Files.deleteIfExists(folder.resolve(".test.smtx.crc"));
        assertThatThrownBy(() -> store.read(manifest, Split.TEST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("test.smtx")
                .hasMessageContaining("SMTX");

        Files.delete(folder.resolve("validation.smtx"));
        assertThatThrownBy(() -> store.read(manifest, Split.VALIDATION)).hasMessageContaining("is missing");
    }

    @Test
    void aFlippedBitIsBadInputThatIngestMends() throws IOException {
        PipelineManifest manifest = publish("v1", 1f);
        assertThat(store.hasWhole("feed 1", "v1")).isTrue();
        Path file = warehouse
                .resolve("encoded")
                .resolve(Slug.of("feed 1"))
                .resolve("v1")
                .resolve("train.smtx");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);

        // Found by Hadoop's checksum of local files, and by ours where there is none.
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.read(manifest, Split.TRAIN))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("train.smtx")
                    .hasMessageEndingWith("; run ingest again");
            assertThat(store.hasWhole("feed 1", "v1")).isFalse();
            Files.deleteIfExists(file.resolveSibling(".train.smtx.crc"));
        }
    }

    @Test
    void aFileOfAnotherManifestIsRefused() throws IOException {
        publish("v1", 3f);
        PipelineManifest other = manifest("v1", Map.of());
        assertThatThrownBy(() -> store.read(other, Split.TEST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another checksum");
        assertThatThrownBy(() -> store.read(manifest("v9", Map.of()), Split.TEST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void foldersOfDifferentPipelinesDiffer() {
        assertThat(Slug.of("tab=1")).isEqualTo("tab=1");
        assertThat(Slug.of("a/b")).isNotEqualTo(Slug.of("a b")).matches("[A-Za-z0-9_=-]+");
        assertThat(Slug.of("_x")).doesNotStartWith("_");
        assertThat(Slug.of("x".repeat(500))).hasSizeLessThan(130);
    }

    private PipelineManifest publish(String version, float price) throws IOException {
        String staging = store.newStaging();
        StagedFiles files = new StagedFiles(staging, "feed 1", new Configuration());
        Map<Split, StagedFiles.Written> written = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            written.put(split, files.write(split, out -> EncodedExamplesFile.write(examples(price), out)));
        }
        PipelineManifest manifest = manifest(version, written);
        store.publish(staging, List.of(manifest));
        store.dropStaging(staging);
        return manifest;
    }

    private static EncodedExamples examples(float price) {
        return EncodedExamples.builder(1).numeric(PRICE, new float[] {price}).build();
    }

    private static PipelineManifest manifest(String version, Map<Split, StagedFiles.Written> files) {
        Map<Split, SplitSummary> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            StagedFiles.Written file = files.getOrDefault(split, new StagedFiles.Written("ab", 12));
            splits.put(split, new SplitSummary(1, Map.of("clicked", 1L), 5, 7, file.checksum(), file.bytes()));
        }
        return new PipelineManifest(
                "feed 1",
                version,
                FEATURES,
                List.of("clicked"),
                splits,
                Map.of("price", 0.25, "user", 0.0, "seen", 1.0),
                Optional.of(new TrainingRows(6, "content", "settings")));
    }
}
