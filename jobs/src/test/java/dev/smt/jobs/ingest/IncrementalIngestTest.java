package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static final String BY_GROUP = INCREMENTAL
            + """
            input.derived {group = "if(user IN ('m', 'n'), 'n', 'o')"}
            pipelines = null
            pipelines = {by = [group]}
            """;

    private static final String GROUP_N =
            """
            n,x,150,1.0,1
            m,y,250,3.0,0
            n,x,1500,2.0,1
            m,x,2100,2.0,0
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
    void pipelinesThatAreNewOrDamagedAreEncodedFromAllTheirRows() throws IOException {
        Tiny groups = groups();
        String old = groups.ingest(BY_GROUP).pipelines().get(0).dataVersion();
        groups.gzip("logs.csv.gz", Tiny.LOGS + GROUP_N);

        IngestResult second = groups.ingest(BY_GROUP);

        assertThat(second.report())
                .contains(
                        "incremental: kept the encoded training rows before 1970-01-01T00:00:01Z, 4 of 8 rows",
                        "incremental: encoded from all their rows, because they are new or their kept rows can't be used:"
                                + " group=n");
        assertThat(second.pipelines()).extracting(PipelineManifest::pipeline).containsExactly("group=n", "group=o");
        PipelineManifest fresh = second.pipelines().get(0);
        assertThat(IntStream.range(0, 2).mapToObj(groups.store().read(fresh, Split.TRAIN)::time))
                .containsExactly(150L, 250L);
        assertThat(fresh.dataVersion())
                .as("that of an ingest of all rows")
                .isEqualTo(groups.ingest(BY_GROUP + "input.incremental = false")
                        .pipelines()
                        .get(0)
                        .dataVersion());
        assertThat(groups.ingest(BY_GROUP + "input.incremental = false")
                        .pipelines()
                        .get(1)
                        .dataVersion())
                .as("no new rows of this one")
                .isEqualTo(old);
        Files.delete(Path.of(groups.warehouse(), "encoded", "group=n", fresh.dataVersion(), "train.smtx"));
        assertThat(groups.ingest(BY_GROUP).report()).anyMatch(line -> line.endsWith("can't be used: group=n"));
        assertThat(groups.store().read(fresh, Split.TRAIN).rows()).isEqualTo(2);
    }

    @Test
    void ofNewPipelinesOnlyThoseThatATableNamesAreRead() {
        Tiny groups = groups();
        String table = BY_GROUP.replace("'n', 'o')", "if(user = 'm', 'm', 'n'), 'o')")
                + "fleet.grid = null\nfleet.table = {path = ${data}\"/models.csv\", format = csv}\n";
        String header = "model_id,ranking_stage,flops,hardware,event,surface,data_constraint,weight,pipeline,template,"
                + "baseline,label\n";
        String old = "m1,ranking,1e6,cpu,ctr,feed,full,2,group=o,auto,auto@1,clicked\n";
        groups.text("models.csv", header + old);
        groups.ingest(table);
        groups.gzip("logs.csv.gz", Tiny.LOGS + GROUP_N + "n,x,260,2.0,0\nn,x,2200,2.0,0\n");
        groups.text("models.csv", header + old + old.replace("m1", "m2").replace("group=o", "group=n"));

        IngestResult second = groups.ingest(table);

        assertThat(second.report()).anyMatch(line -> line.endsWith("can't be used: group=n"));
        assertThat(second.pipelines()).extracting(PipelineManifest::pipeline).containsExactly("group=n", "group=o");
    }

    @Test
    void aPipelineThatHasEndedMakesNoModelAndDoesNotStopTheOthers() {
        Tiny groups = groups();
        groups.gzip("logs.csv.gz", Tiny.LOGS + GROUP_N);
        groups.ingest(BY_GROUP);
        String later = BY_GROUP
                + "input.split {validation-from = \"1970-01-01T00:00:02.550\", test-from = \"1970-01-01T00:00:02.650\"}";
        groups.gzip("logs.csv.gz", Tiny.LOGS + GROUP_N + MORE);

        IngestResult second = groups.ingest(later);

        assertThat(second.report())
                .contains("warning: pipeline group=n makes no model, because it has no rows in split validation, test");
        assertThat(second.fleet()).extracting(model -> model.pipeline()).containsExactly("group=o");
        assertThat(groups.ingest(later + "\ninput.incremental = false").fleet()).isEqualTo(second.fleet());
    }

    private Tiny groups() {
        try {
            return new Tiny(Files.createDirectory(folder.resolve("groups")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void refusesSharesOfTheRows() {
        assertThatThrownBy(() -> tiny.ingest(INCREMENTAL
                        + "input.split = null\ninput.split = {by = rows, validation-share = 0.25, test-share = 0.25}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("input.incremental is true, but input.split.by is rows");
    }
}
