package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestJobTest {
    private static final float SD = (float) Math.sqrt(8.0 / 3);

    @TempDir
    Path folder;

    @Test
    void encodesEveryColumnWithWhatTheTrainingRowsTaught() {
        Tiny tiny = new Tiny(folder);

        IngestResult result = tiny.ingest("");

        assertThat(result.pipelines()).singleElement().satisfies(manifest -> assertThat(manifest.features())
                .containsExactly(
                        new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(4)),
                        new Feature("item", FeatureType.ID, FeatureSide.ITEM, new IdColumn(2)),
                        new Feature(
                                "price",
                                FeatureType.NUMERIC,
                                FeatureSide.ITEM,
                                new NumericColumn(3, Math.sqrt(8.0 / 3), false)),
                        new Feature("history", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(3, 2))));
        PipelineManifest manifest = tiny.store().manifest("all");
        EncodedExamples train = tiny.store().read(manifest, Split.TRAIN);
        assertThat(train.ids("user")).as("a twice, then by value").containsExactly(1, 1, 2, 3);
        assertThat(train.ids("item")).as("y is below min-count").containsExactly(1, 0, 1, 1);
        assertThat(train.numeric("price")).containsExactly(new float[] {-2 / SD, 0, 0, 2 / SD}, within(1e-6f));
        assertThat(train.sequences("history").offsets()).containsExactly(0, 2, 4, 5, 5);
        assertThat(train.sequences("history").values())
                .as("last two, most recent first")
                .containsExactly(2, 1, 2, 1, 1);
        assertThat(train.label("clicked")).containsExactly(1, 0, 1, 0);
        EncodedExamples validation = tiny.store().read(manifest, Split.VALIDATION);
        assertThat(validation.ids("user")).as("d is new").containsExactly(1, 0);
        assertThat(validation.numeric("price")).containsExactly(new float[] {0, 4 / SD}, within(1e-6f));
        assertThat(validation.sequences("history").offsets()).containsExactly(0, 2, 2);
        EncodedExamples test = tiny.store().read(manifest, Split.TEST);
        assertThat(test.ids("user")).containsExactly(2, 0);
        assertThat(test.ids("item")).containsExactly(0, 0);
        assertThat(test.numeric("price")).containsExactly(new float[] {-2 / SD, 0}, within(1e-6f));
    }

    @Test
    void splitsAtTheBoundsAndKeepsTheOrderOfTime() {
        Tiny tiny = new Tiny(folder);

        PipelineManifest manifest = tiny.ingest("").pipelines().get(0);

        assertThat(times(tiny.store().read(manifest, Split.TRAIN))).containsExactly(100L, 200L, 300L, 400L);
        assertThat(times(tiny.store().read(manifest, Split.VALIDATION))).containsExactly(1000L, 1999L);
        assertThat(times(tiny.store().read(manifest, Split.TEST))).containsExactly(2000L, 2500L);
        assertThat(manifest.split(Split.VALIDATION).firstTime()).isEqualTo(1000);
        assertThat(manifest.split(Split.VALIDATION).lastTime()).isEqualTo(1999);
        assertThat(manifest.baseRate(Split.TRAIN, "clicked")).isEqualTo(0.5);
        assertThat(manifest.missingShares())
                .containsEntry("price", 2.0 / 8)
                .containsEntry("history", 3.0 / 8)
                .containsEntry("user", 0.0);
        assertThat(manifest.vocabularySizes())
                .containsEntry("user", 3)
                .containsEntry("item", 1)
                .containsEntry("history", 2);
    }

    @Test
    void splitsByShareOfTheRowsOrOfTheTimeRange() {
        Tiny tiny = new Tiny(folder);
        String noBounds = "input.split = null\n";

        PipelineManifest byRows = tiny.ingest(
                        noBounds + "input.split = {by = rows, validation-share = 0.25, test-share = 0.25}")
                .pipelines()
                .get(0);
        PipelineManifest byTime = tiny.ingest(
                        noBounds + "input.split = {by = time-range, validation-share = 0.4, test-share = 0.25}")
                .pipelines()
                .get(0);

        assertThat(rows(byRows)).containsExactly(4L, 2L, 2L);
        assertThat(rows(byTime)).as("bounds at 940 and 1900 of 100 to 2500").containsExactly(4L, 1L, 3L);
    }

    @Test
    void rowsOfAUnitShareTheirBucket() {
        Tiny tiny = new Tiny(folder);

        PipelineManifest manifest = tiny.ingest("").pipelines().get(0);

        EncodedExamples train = tiny.store().read(manifest, Split.TRAIN);
        assertThat(train.bucket(0))
                .isEqualTo(train.bucket(1))
                .isEqualTo(tiny.store().read(manifest, Split.VALIDATION).bucket(0));
        assertThat(List.of(train.rowHash(0), train.rowHash(1), train.rowHash(2), train.rowHash(3)))
                .doesNotHaveDuplicates();
    }

    @Test
    void writesTheSameBytesHoweverTheRowsArePartitioned() {
        Tiny tiny = new Tiny(folder);
        Dataset<Row> rows = TestSpark.session()
                .read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(tiny.path("logs.csv.gz").toString());
        // Twins at the same time: only the row's content can order them.
        Dataset<Row> twins =
                rows.unionByName(rows.selectExpr("concat(user, '2') AS user", "item", "t", "price", "clicked"));
        twins.coalesce(1).write().parquet(tiny.path("one").toString());
        twins.repartition(7).write().format("delta").save(tiny.path("seven").toString());

        PipelineManifest one = tiny.ingest(logs("one", "parquet")).pipelines().get(0);
        PipelineManifest seven = new IngestJob(TestSpark.session())
                .run(
                        Tiny.read(tiny.config(logs("seven", "delta"))),
                        tiny.path("other-warehouse").toString())
                .pipelines()
                .get(0);

        assertThat(seven).isEqualTo(one);
        assertThat(one.split(Split.TRAIN).rows()).isEqualTo(8);
    }

    @Test
    void dropsRepeatedRowsOnlyWhenAsked() {
        Tiny tiny = new Tiny(folder);
        tiny.gzip("logs.csv.gz", Tiny.LOGS + "c,x,400,5.0,0\n");

        assertThat(rows(tiny.ingest("").pipelines().get(0))).containsExactly(5L, 2L, 2L);
        assertThat(rows(tiny.ingest("input.drop-duplicates = true").pipelines().get(0)))
                .containsExactly(4L, 2L, 2L);
    }

    @Test
    void derivesFiltersHashesAndCrosses() {
        Tiny tiny = new Tiny(folder);

        PipelineManifest manifest = tiny.ingest(
                        """
                        input.derived {second = "int(t / 1000)", cross = "concat_ws('|', user, second)"}
                        input.filter = "user <> 'c'"
                        input.features = null
                        input.features = {
                          second = {type = numeric, side = context, transform = log1p}
                          cross = {type = transform, side = context}
                          hashed = {type = id, side = user, sql = user, encoding = hashing, buckets = 10}
                        }
                        """)
                .pipelines()
                .get(0);

        EncodedExamples train = tiny.store().read(manifest, Split.TRAIN);
        assertThat(train.rows()).isEqualTo(3);
        assertThat(train.numeric("second")).as("constant in training").containsExactly(0, 0, 0);
        assertThat(train.ids("cross")).containsExactly(1, 1, 2);
        assertThat(train.ids("hashed")[0]).isBetween(1, 10).isEqualTo(train.ids("hashed")[1]);
        assertThat(manifest.features().get(2).column()).isEqualTo(new IdColumn(11));
        assertThat(tiny.store().read(manifest, Split.VALIDATION).numeric("second"))
                .containsExactly(0, 0);
    }

    @Test
    void keepsWhatTheTrainingRowsTaughtBesideTheExamples() throws IOException {
        Tiny tiny = new Tiny(folder);

        PipelineManifest manifest = tiny.ingest("").pipelines().get(0);

        Path file = folder.resolve("warehouse/encoded/all/" + manifest.dataVersion() + "/encoding.json.gz");
        String json;
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            json = new String(in.readAllBytes());
        }
        assertThat(json)
                .contains("\"user\":{\"values-from-id-1\":[\"a\",\"b\",\"c\"]}")
                .contains("\"item\":{\"values-from-id-1\":[\"x\"]}")
                .contains("\"price\":{\"transform\":\"none\",\"mean\":3.0,")
                .contains("\"history\":{\"values-from-id-1\":[\"q\",\"r\"]}");
    }

    @Test
    void reportsRowsBaseRatesVocabulariesAndMissingValues() {
        assertThat(new Tiny(folder).ingest("").report())
                .contains(
                        "  rows            train 4, validation 2, test 2",
                        "  base rates      (train) clicked 0.5000",
                        "  vocabularies    user 3, item 1, history 2",
                        "  missing values  price 25.00 %, history 37.50 %",
                        "pipelines: 1, models: 1");
    }

    @Test
    void runAgainKeepsTheVersionAndNewRowsMakeANewOne() throws IOException {
        Tiny tiny = new Tiny(folder);
        PipelineManifest first = tiny.ingest("").pipelines().get(0);
        PipelineManifest again = tiny.ingest("").pipelines().get(0);
        tiny.gzip("logs.csv.gz", Tiny.LOGS.replace("c,x,400,5.0,0", "c,x,400,6.0,0"));
        PipelineManifest changed = tiny.ingest("").pipelines().get(0);

        assertThat(again).isEqualTo(first);
        assertThat(changed.dataVersion()).isNotEqualTo(first.dataVersion());
        assertThat(tiny.store().manifests()).containsExactly(changed);
        try (Stream<Path> files = Files.list(folder.resolve("warehouse/encoded"))) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toList()))
                    .as("no staging is left")
                    .containsExactly("all");
        }
    }

    @Test
    void runAgainEncodesAgainWhatIsDamaged() throws IOException {
        Tiny tiny = new Tiny(folder);
        PipelineManifest first = tiny.ingest("").pipelines().get(0);
        Path version = folder.resolve("warehouse/encoded/all").resolve(first.dataVersion());
        byte[] content = Files.readAllBytes(version.resolve("test.smtx"));
        byte[] damaged = content.clone();
        damaged[content.length / 2] ^= 1;
        Files.write(version.resolve("test.smtx"), damaged);

        assertThat(tiny.ingest("").pipelines()).containsExactly(first);
        assertThat(version.resolve("test.smtx")).hasBinaryContent(content);
        Files.writeString(version.resolve("manifest.json"), "{");
        Files.delete(version.resolve(".manifest.json.crc"));
        assertThat(tiny.ingest("").pipelines()).containsExactly(first);
    }

    private static String logs(String name, String format) {
        return "input.logs = [{path = ${data}\"/" + name + "\", format = " + format + "}]";
    }

    private static List<Long> rows(PipelineManifest manifest) {
        return manifest.splits().values().stream()
                .map(PipelineManifest.SplitSummary::rows)
                .toList();
    }

    private static List<Long> times(EncodedExamples examples) {
        return java.util.stream.IntStream.range(0, examples.rows())
                .mapToObj(examples::time)
                .toList();
    }
}
