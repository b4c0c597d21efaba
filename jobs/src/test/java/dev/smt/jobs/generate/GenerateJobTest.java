package dev.smt.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateJobTest {
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    private Path folder;

    @Test
    void theRowsAndTheTruthAreTheSameWhateverTheNumberOfTasks() throws IOException {
        List<List<String>> worlds = Stream.of(1, 3, 7)
                .map(tasks -> {
                    String output = generate("tasks-" + tasks, "rows = 1000, partitions = " + tasks);
                    assertThat(parquetFiles(output)).hasSize(tasks);
                    return read(output, "events").orderBy("request_id").toJSON().collectAsList();
                })
                .toList();
        assertThat(worlds.get(0)).hasSize(1000).doesNotHaveDuplicates();
        assertThat(worlds.get(1)).isEqualTo(worlds.get(0));
        assertThat(worlds.get(2)).isEqualTo(worlds.get(0));
        for (String file : List.of("world", "features", "effects", "clusters", "techniques", "oracle")) {
            assertThat(folder.resolve("tasks-7/truth/" + file + ".json"))
                    .hasSameTextualContentAs(folder.resolve("tasks-1/truth/" + file + ".json"));
        }
    }

    @Test
    void eventsHoldTheImpressionsAndNoTruth() {
        String output = generate("world", "rows = 500");
        Dataset<Row> events = read(output, "events");
        assertThat(events.columns())
                .contains("request_id", "request_time", "surface", "country", "user_id", "ad_id", "ad_category")
                .contains("device", "numeric_00", "count_03", "id_09", "history_02", "click", "conversion", "like")
                .contains("hide")
                .noneMatch(column -> column.startsWith("truth"));
        AdWorld world = new AdWorld(Worlds.configuration("rows = 500"));
        Impression impression = world.newImpression();
        world.fill(321, impression);
        Row row = events.where("request_id = 321").first();
        assertThat(row.<Long>getAs("user_id")).isEqualTo(impression.user);
        assertThat(row.getTimestamp(row.fieldIndex("request_time")).getTime()).isEqualTo(impression.timeMillis);
        assertThat(row.<Double>getAs("numeric_07")).isEqualTo(impression.numeric[7]);
        assertThat(row.<Long>getAs("count_01")).isEqualTo(impression.counts[1]);
        assertThat(row.<Integer>getAs("click")).isEqualTo(impression.labels[0]);
        assertThat(row.<Integer>getList(row.fieldIndex("history_00")))
                .containsExactlyElementsOf(Arrays.stream(impression.histories[0], 0, impression.historyLengths[0])
                        .boxed()
                        .toList());
    }

    @Test
    void probabilitiesAreWrittenOnlyWhenAskedForAndApart() {
        String without = generate("without", "rows = 100");
        assertThat(Path.of(without, "probabilities")).doesNotExist();
        String with = generate("with", "rows = 100, write-probabilities = true");
        Dataset<Row> probabilities = read(with, "probabilities");
        assertThat(probabilities.columns())
                .containsExactly("request_id", "truth_p_click", "truth_p_conversion", "truth_p_like", "truth_p_hide");
        assertThat(probabilities
                        .where("truth_p_click > 0 and truth_p_click < 1")
                        .count())
                .isEqualTo(100);
    }

    @Test
    void theFleetHasTheColumnsThatModelsNeed() {
        Dataset<Row> fleet = read(generate("world", "rows = 100"), "fleet");
        assertThat(fleet.columns())
                .containsExactly(
                        "model_id",
                        "ranking_stage",
                        "flops",
                        "hardware",
                        "event",
                        "surface",
                        "data_constraint",
                        "weight",
                        "pipeline",
                        "label",
                        "template",
                        "baseline");
        assertThat(fleet.count()).isEqualTo(24);
        assertThat(fleet.select("pipeline", "label", "ranking_stage").distinct().count())
                .isEqualTo(24);
    }

    @Test
    void theOracleCountsEveryRowOfEachLabelOnce() throws IOException {
        String output = generate("world", "rows = 2000");
        WorldTruth truth = new TruthFiles(output, HADOOP).read();
        assertThat(truth.oracle().cells()).hasSize(6 * 4);
        Dataset<Row> cell = read(output, "events").where("surface = 'reels' and country = 'us'");
        List<WorldTruth.OracleDay> days = truth.oracle().cells().stream()
                .filter(one -> one.pipeline().equals("reels-us") && one.label().equals("like"))
                .findFirst()
                .orElseThrow()
                .days();
        assertThat(days.stream().mapToLong(WorldTruth.OracleDay::rows).sum()).isEqualTo(cell.count());
        assertThat(days.stream().mapToLong(WorldTruth.OracleDay::positives).sum())
                .isEqualTo(cell.where("like = 1").count());
    }

    @Test
    void aFolderThatIsNotEmptyIsRefusedOrReplacedWhenAskedFor() throws IOException {
        String output = generate("world", "rows = 100");
        Files.writeString(Path.of(output, "notes.txt"), "mine");
        assertThatThrownBy(() -> run(output, "rows = 200"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not empty")
                .hasMessageContaining("generate.overwrite = true");
        assertThat(read(output, "events").count()).isEqualTo(100);
        run(output, "rows = 200, overwrite = true");
        assertThat(read(output, "events").count()).isEqualTo(200);
        assertThat(Path.of(output, "notes.txt")).hasContent("mine");
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> run(file.resolve("world").toString(), "rows = 200"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("world can't be written")
                .hasMessageContaining("name another one");
    }

    @Test
    void aWorldIsDoneWhenItIsCompleteAndOfThisConfiguration() throws IOException {
        String output = generate("world", "rows = 100");
        assertThat(job("rows = 100, partitions = 5").isDone(HADOOP, output)).isTrue();
        assertThat(job("rows = 101").isDone(HADOOP, output)).isFalse();
        Files.delete(Path.of(output, "truth/world.json"));
        assertThat(job("rows = 100").isDone(HADOOP, output)).isFalse();
        assertThatThrownBy(() -> new TruthFiles(output, HADOOP).read())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("world.json is missing; run generate");
    }

    @Test
    void aWorldOfManyFeaturesAndModelsIsPossible() throws IOException {
        String output = generate(
                "large",
                """
                rows = 200, models = 252, clusters = 20, surfaces = [feed, search, reels, stories]
                countries = [br, de, fr, in, jp, mx, us], stages = [retrieval, pre-ranking, ranking]
                features { numeric = {count = 150, informative = 15}, id = {count = 120, informative = 12}
                  transform = {count = 20, informative = 2}, event = {count = 10, informative = 1} }
                """);
        WorldTruth truth = new TruthFiles(output, HADOOP).read();
        assertThat(truth.clusters().clusters()).hasSize(20);
        assertThat(truth.clusterOfModel()).hasSize(252);
        Set<String> columns = Arrays.stream(read(output, "events").columns()).collect(Collectors.toSet());
        assertThat(truth.features().features()).hasSize(304).allMatch(feature -> columns.contains(feature.column()));
        assertThat(truth.features().features().stream().filter(PlantedFeature::informative))
                .hasSize(15 + 12 + 2 + 1 + 3);
    }

    private String generate(String name, String hocon) {
        String output = folder.resolve(name).toString();
        run(output, hocon);
        return output;
    }

    private static void run(String output, String hocon) {
        try {
            job(hocon).run(TestSpark.session(), output);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static GenerateJob job(String hocon) {
        return new GenerateJob(Worlds.configuration(hocon));
    }

    private static Dataset<Row> read(String output, String table) {
        SparkSession spark = TestSpark.session();
        return spark.read().parquet(output + "/" + table);
    }

    private static List<Path> parquetFiles(String output) {
        try (Stream<Path> files = Files.list(Path.of(output, "events"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
