package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalIngestTest {
    private static final String INCREMENTAL = "input.incremental = true\n";
    /** What were validation rows become training rows. */
    private static final String LATER = INCREMENTAL
            + "input.split {validation-from = \"1970-01-01T00:00:02\", test-from = \"1970-01-01T00:00:02.600\"}";

    private static final String MORE = """
            d,z,2600,9.0,1
            a,x,2700,3.0,0
            """;

    @TempDir
    private Path folder;

    private Tiny tiny;
    private IngestResult first;

    @BeforeEach
    void ingestAllRows() {
        tiny = new Tiny(folder);
        first = tiny.ingest(INCREMENTAL);
    }

    @Test
    void theFirstTimeAllRowsAreEncoded() {
        assertThat(first.report()).contains("incremental: all rows are encoded, because none are encoded yet");
        assertThat(first.pipelines().get(0).dataVersion())
                .as("the version of an ingest that is not incremental")
                .isEqualTo(new Tiny(folder.resolve("..").resolve(folder.getFileName()))
                        .ingest("")
                        .pipelines()
                        .get(0)
                        .dataVersion());
    }

    @Test
    void keepsEncodedTrainingRowsAndLearnsIdsFromNewOnes() {
        tiny.gzip("logs.csv.gz", Tiny.LOGS.replace("a,x,100,1.0,1", "changed,x,100,99.0,0") + MORE);

        IngestResult second = tiny.ingest(LATER);

        assertThat(second.report())
                .contains("incremental: kept the encoded training rows before 1970-01-01T00:00:01Z, 4 of 10 rows");
        PipelineManifest manifest = second.pipelines().get(0);
        EncodedExamples train = tiny.store().read(manifest, Split.TRAIN);
        assertThat(IntStream.range(0, 6).mapToObj(train::time)).containsExactly(100L, 200L, 300L, 400L, 1000L, 1999L);
        assertThat(train.ids("user"))
                .as("a, b, c keep 1, 2, 3; d comes behind them")
                .containsExactly(1, 1, 2, 3, 1, 4);
        assertThat(train.ids("item"))
                .as("z is once in the new training rows, and min-count is 2")
                .containsExactly(1, 0, 1, 1, 0, 1);
        float sd = (float) Math.sqrt(8.0 / 3);
        assertThat(train.numeric("price"))
                .as("the mean stays 3, also for new rows, and a row that was changed in the logs is not read")
                .containsExactly(new float[] {-2 / sd, 0, 0, 2 / sd, 0, 4 / sd}, within(1e-6f));
        assertThat(train.sequences("history").values()).containsExactly(2, 1, 2, 1, 1, 2, 1);
        assertThat(train.sequences("history").offsets()).containsExactly(0, 2, 4, 5, 5, 7, 7);
        assertThat(train.label("clicked")).containsExactly(1, 0, 1, 0, 1, 0);
        assertThat(tiny.store().read(manifest, Split.TEST).ids("user"))
                .as("d is known now")
                .containsExactly(4, 1);
        assertThat(manifest.split(Split.TRAIN).rows()).isEqualTo(6);
        assertThat(manifest.split(Split.TRAIN).positives()).containsEntry("clicked", 3L);
        assertThat(manifest.split(Split.TRAIN).firstTime()).isEqualTo(100);
        assertThat(manifest.split(Split.TRAIN).lastTime()).isEqualTo(1999);
        assertThat(manifest.vocabularySizes()).containsEntry("user", 4);
    }

    @Test
    void theSameRowsAgainAreTheSameVersion() {
        tiny.gzip("logs.csv.gz", Tiny.LOGS + MORE);
        String version = tiny.ingest(LATER).pipelines().get(0).dataVersion();

        IngestResult again = tiny.ingest(LATER);

        assertThat(again.pipelines().get(0).dataVersion()).isEqualTo(version);
        assertThat(again.report())
                .contains("incremental: kept the encoded training rows before 1970-01-01T00:00:02Z, 6 of 10 rows");
        assertThat(tiny.ingest(INCREMENTAL
                                + "input.split = null\ninput.split = {validation-share = 0.4, test-share = 0.1}")
                        .report())
                .as("shares of the time range move on with the rows")
                .anyMatch(line -> line.startsWith(
                        "incremental: kept the encoded training rows before 1970-01-01T00:00:02Z, 6 of"));
    }

    @Test
    void saysWhyAllRowsAreEncodedAgain() {
        assertThat(tiny.ingest(INCREMENTAL + "input.features.price.transform = log1p")
                        .report())
                .contains("incremental: all rows are encoded, because features, labels, joins or pipelines have changed"
                        + " since they were encoded");
        tiny.ingest(INCREMENTAL);
        assertThat(tiny.ingest(
                                INCREMENTAL
                                        + "input.split {validation-from = \"1970-01-01T00:00:00.350\", test-from = \"1970-01-01T00:00:02\"}")
                        .report())
                .contains("incremental: all rows are encoded, because training rows would become validation rows");
    }

    @Test
    void rowsThatAreDamagedAreNotKept() throws IOException {
        PipelineManifest manifest = first.pipelines().get(0);
        Path file = Path.of(tiny.warehouse(), "encoded", "all", manifest.dataVersion(), "train.smtx");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        IngestResult again = tiny.ingest(INCREMENTAL);

        assertThat(again.report())
                .contains("incremental: all rows are encoded, because files that would be kept are damaged or missing");
        assertThat(tiny.store().read(again.pipelines().get(0), Split.TRAIN).rows())
                .isEqualTo(4);
    }

    @Test
    void refusesSharesOfTheRowsAndPipelinesThatEnded() {
        assertThatThrownBy(() -> tiny.ingest(INCREMENTAL
                        + "input.split = null\ninput.split = {by = rows, validation-share = 0.25, test-share = 0.25}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("input.incremental is true, but input.split.by is rows");
        tiny.gzip("logs.csv.gz", Tiny.LOGS.lines().limit(5).reduce("", (text, line) -> text + line + "\n"));
        assertThatThrownBy(() -> tiny.ingest(INCREMENTAL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pipelines have no rows from 1970-01-01T00:00:01Z on: all; ingest all rows once");
    }
}
