package dev.smt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.ModelState;
import dev.smt.training.TrainedModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    private static final EncodedExamples ROWS = ModelExamples.rows(120, 2);
    private static final StoredModel MODEL =
            ModelExamples.stored(Paradigm.DECOUPLED_SPARSE_NN, ServingTemplate.DEFAULT);
    private static final byte[] BYTES = bytes(MODEL);
    /** Set to write the golden files anew; they are of a released format, so that should never be needed. */
    private static final String WRITE_GOLDEN = "smt.golden.write";

    private static final String GOLDEN_MODEL = "model-1.smtm";
    private static final String GOLDEN_ROWS = "rows-1.smtx";
    private static final String GOLDEN_PREDICTIONS = "predictions-1.txt";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "SPARSE_NN, FP32, 0",
        "SPARSE_NN, INT8, 0.3",
        "DECOUPLED_SPARSE_NN, FP16, 0",
        "DECOUPLED_SPARSE_NN, INT8, 0"
    })
    void whatIsWrittenIsReadAgain(Paradigm paradigm, EmbeddingFormat format, double prunedShare) throws IOException {
        StoredModel model = ModelExamples.stored(paradigm, ServingTemplate.DEFAULT.withRows(format, prunedShare));
        StoredModel read = ModelFile.read(new ByteArrayInputStream(bytes(model)));
        assertThat(read.specification()).isEqualTo(model.specification());
        assertThat(read.provenance()).isEqualTo(ModelExamples.PROVENANCE);
        assertThat(read.metrics()).isEqualTo(ModelExamples.METRICS);
        requireSame(read.state(), model.state());
        assertThat(predictions(read, ROWS)).isEqualTo(predictions(model, ROWS));
    }

    @Test
    void whatRepresentationsFittedIsReadAgain() throws IOException {
        StoredModel model = ModelExamples.stored(ModelExamples.specification(Map.of(
                "architecture.representation.numeric.kind", "log",
                "architecture.representation.id.kind", "double-hashing",
                "architecture.representation.id.min-count", 2,
                "architecture.embedding-buckets", 25,
                "features.pooling", "position-weighted",
                "features.transforms", List.of("bucket(price, 4)"),
                "serving.embedding-format", "int8")));
        assertThat(model.state().fitted().ids()).isNotEmpty();
        assertThat(model.state().fitted().numbers()).isNotEmpty();
        StoredModel read = ModelFile.read(new ByteArrayInputStream(bytes(model)));
        assertThat(read.specification()).isEqualTo(model.specification());
        requireSame(read.state(), model.state());
        assertThat(predictions(read, ROWS)).isEqualTo(predictions(model, ROWS));
    }

    @Test
    void anotherJvmScoresTheSameBits() throws Exception {
        StoredModel quantized =
                ModelExamples.stored(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT.withRows(EmbeddingFormat.INT8, 0.1));
        Path rows = folder.resolve("rows.smtx");
        try (OutputStream out = Files.newOutputStream(rows)) {
            EncodedExamplesFile.write(ROWS, out);
        }
        for (StoredModel model : List.of(MODEL, quantized)) {
            Path file = Files.write(folder.resolve("model.smtm"), bytes(model));
            Path scores = folder.resolve("predictions");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ScoringProcess.class.getName(),
                            file.toString(),
                            rows.toString(),
                            scores.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("log")))
                    .isZero();
            ByteBuffer expected = ByteBuffer.allocate(3 * ROWS.rows() * Float.BYTES);
            expected.asFloatBuffer().put(predictions(model, ROWS));
            assertThat(Files.readAllBytes(scores)).isEqualTo(expected.array());
        }
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() {
        for (int length = 0; length < BYTES.length; length += 1 + length / 41) {
            assertRefused(Arrays.copyOf(BYTES, length), "cut to " + length + " bytes");
        }
        assertRefused(Arrays.copyOf(BYTES, BYTES.length - 1), "without its last byte");
        assertRefused(Arrays.copyOf(BYTES, BYTES.length + 1), "with one byte more");
    }

    @Test
    void aFileThatWasChangedAnywhereIsRefused() {
        for (int at = 0; at < BYTES.length; at += at < 16 || at > BYTES.length - 40 ? 1 : 53) {
            for (int bit : new int[] {0, 7}) {
                byte[] changed = BYTES.clone();
                changed[at] ^= (byte) (1 << bit);
                assertRefused(changed, "bit " + bit + " of byte " + at);
            }
        }
    }

    @Test
    void theReasonIsNamed() {
        assertThat(refusal(new byte[0])).hasMessageContaining("cut short: it ends at byte 0");
        assertThat(refusal("Not the file of a model.".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("not the file of a model: it does not begin with SMTM");
        byte[] newer = BYTES.clone();
        newer[4] = 2;
        assertThat(refusal(newer))
                .hasMessage(
                        "the file has format version 2; this program reads 1 to 1: use the program that wrote it, or"
                                + " train again");
        byte[] header = BYTES.clone();
        header[100] ^= 1;
        assertThat(refusal(header)).hasMessageContaining("the checksum of header is wrong");
        byte[] digest = BYTES.clone();
        digest[BYTES.length - 1] ^= 1;
        assertThat(refusal(digest)).hasMessageContaining("the SHA-256 at its end is not that of the file");
    }

    @Test
    void aStateOfAnotherModelIsRefused() {
        StoredModel other = ModelExamples.stored(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT);
        assertThatThrownBy(() -> TrainedModel.of(MODEL.specification(), other.state()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dense parameter");
        ModelState state = MODEL.state();
        assertThatThrownBy(() -> TrainedModel.of(
                        MODEL.specification(),
                        new ModelState(
                                1, 1, 1, 1, state.dense(), state.tables(), List.of(new TreeMap<>()), state.fitted())))
                .hasMessageContaining("statistics are of 1 events; the specification has 3");
    }

    @Test
    void metricsThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> new StoredModel(
                        MODEL.specification(),
                        ModelExamples.PROVENANCE,
                        new TreeMap<>(Map.of("test.click.auc", Double.NaN)),
                        MODEL.state()))
                .hasMessage("metric test.click.auc is NaN; leave it out");
    }

    /** Predictions may differ in their last bits between processors; everything that was stored may not. */
    @Test
    void aFileOfFormatVersion1IsReadAndScoresAsItDid() throws IOException {
        if (System.getProperty(WRITE_GOLDEN) != null) {
            writeGolden();
        }
        StoredModel model = ModelFile.read(new ByteArrayInputStream(resource(GOLDEN_MODEL)));
        assertThat(model.specification().hash())
                .isEqualTo(ModelExamples.specification(Paradigm.DECOUPLED_SPARSE_NN, golden())
                        .hash());
        assertThat(model.provenance()).isEqualTo(ModelExamples.PROVENANCE);
        EncodedExamples rows = EncodedExamplesFile.read(new ByteArrayInputStream(resource(GOLDEN_ROWS)));
        String[] expected = new String(resource(GOLDEN_PREDICTIONS), StandardCharsets.UTF_8).split("\n");
        int line = 0;
        for (float prediction : predictions(model, rows)) {
            assertThat(prediction).isCloseTo(Float.parseFloat(expected[line++]), within(1e-6f));
        }
        assertThat(line).isEqualTo(expected.length);
        assertThat(bytes(model)).isEqualTo(resource(GOLDEN_MODEL));
    }

    private static ServingTemplate golden() {
        return ServingTemplate.DEFAULT.withRows(EmbeddingFormat.INT8, 0.25).withCachedItemTower(true);
    }

    private static void writeGolden() throws IOException {
        Path resources = Files.createDirectories(Path.of("src/test/resources/dev/smt/model"));
        StoredModel model = ModelExamples.stored(Paradigm.DECOUPLED_SPARSE_NN, golden());
        Files.write(resources.resolve(GOLDEN_MODEL), bytes(model));
        EncodedExamples rows = ModelExamples.rows(20, 3);
        try (OutputStream out = Files.newOutputStream(resources.resolve(GOLDEN_ROWS))) {
            EncodedExamplesFile.write(rows, out);
        }
        StringBuilder lines = new StringBuilder();
        for (float prediction : predictions(model, rows)) {
            lines.append(prediction).append('\n');
        }
        Files.writeString(resources.resolve(GOLDEN_PREDICTIONS), lines);
    }

    private static byte[] resource(String name) throws IOException {
        File file = new File("src/test/resources/dev/smt/model", name);
        return Files.readAllBytes(file.toPath());
    }

    /** Those of all events, one after the other. */
    private static float[] predictions(StoredModel model, EncodedExamples rows) {
        List<OptimizationEvent> events = model.specification().network().events();
        float[] all = new float[events.size() * rows.rows()];
        try (TrainedModel open = model.open()) {
            for (int event = 0; event < events.size(); event++) {
                float[] predictions = open.predict(rows, events.get(event).label());
                System.arraycopy(predictions, 0, all, event * rows.rows(), rows.rows());
            }
        }
        return all;
    }

    private static void requireSame(ModelState read, ModelState written) {
        assertThat(read.seed()).isEqualTo(written.seed());
        assertThat(read.steps()).isEqualTo(written.steps());
        assertThat(read.examples()).isEqualTo(written.examples());
        assertThat(read.trainSeconds()).isEqualTo(written.trainSeconds());
        assertThat(read.fitted().ids().keySet())
                .isEqualTo(written.fitted().ids().keySet());
        assertThat(read.fitted().numbers().keySet())
                .isEqualTo(written.fitted().numbers().keySet());
        written.fitted().numbers().forEach((name, values) -> assertThat(
                        read.fitted().numbers(name))
                .isEqualTo(values));
        written.fitted()
                .ids()
                .forEach((name, values) -> assertThat(read.fitted().ids(name)).isEqualTo(values));
        assertThat(read.statistics()).isEqualTo(written.statistics());
        assertThat(read.tables()).isEqualTo(written.tables());
        assertThat(read.dense().keySet())
                .containsExactlyElementsOf(written.dense().keySet());
        written.dense()
                .forEach((name, values) -> assertThat(read.dense().get(name)).isEqualTo(values));
    }

    private static void assertRefused(byte[] bytes, String what) {
        assertThat(refusal(bytes)).as(what).isInstanceOf(ModelFormatException.class);
    }

    private static Throwable refusal(byte[] bytes) {
        return catchThrowable(() -> ModelFile.read(new ByteArrayInputStream(bytes)));
    }

    private static byte[] bytes(StoredModel model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ModelFile.write(model, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
