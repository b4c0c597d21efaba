package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.smt.feature.FeatureSide;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.ConfigProblems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped KuaiRand configurations; with the real data where it is there. */
class KuaiRandTest {
    private static final Path CONF = Path.of("..", "conf");

    @TempDir
    Path warehouse;

    @Test
    void theConfigurationsAreValid() {
        assertThat(configuration("kuairand.conf", "x", "").input().features()).hasSizeGreaterThan(40);
        assertThat(configuration("kuairand-pooled.conf", "x", "").input().features())
                .hasSize(10);
    }

    @Test
    void everyDataConstraintLeavesBothTowersTheirFeatures() {
        IngestConfiguration configuration = configuration("kuairand.conf", "x", "");

        assertThat(configuration.fleet().constraints()).containsOnlyKeys("full", "restricted", "regional");
        configuration.fleet().constraints().values().forEach(constraint -> assertThat(
                        configuration.input().features().stream()
                                .filter(feature -> !constraint.forbids(feature))
                                .map(FeatureConfiguration::side))
                .contains(FeatureSide.ITEM)
                .containsAnyOf(FeatureSide.USER, FeatureSide.CONTEXT));
    }

    @Test
    void everyExpressionFitsTheRealColumnsAndDuplicatesAreDropped() {
        IngestConfiguration configuration = configuration("kuairand.conf", data(), "");
        ConfigProblems problems = new ConfigProblems();

        Optional<Dataset<Row>> rows = new RawRows(TestSpark.session(), problems).read(configuration.input());
        problems.throwIfAny();
        ExpressionChecks.check(TestSpark.session(), rows.orElseThrow().schema(), configuration, problems);
        problems.throwIfAny();

        assertThat(rows.orElseThrow().count()).isEqualTo(222_869);
    }

    @Test
    void theFleetHas64ModelsWithAllSixAttributesVaried() {
        // Two features are enough to see the fleet, and leave the histories out.
        IngestConfiguration configuration = configuration(
                "kuairand.conf",
                data(),
                """
                input.features = null
                input.features = {
                  tab = {type = id, side = context}, user_id = {type = id, side = user}
                  author_id = {type = id, side = item}, author_x_duration = {type = id, side = item, sql = author_id}
                  music_id = {type = id, side = item}, fans_user_num = {type = numeric, side = user}
                  is_video_author = {type = id, side = user}, is_live_streamer = {type = id, side = user}
                  fans_user_num_range = {type = id, side = user}
                }
                """);

        IngestResult result = new IngestJob(TestSpark.session()).run(configuration, warehouse.toString());

        assertThat(result.fleet()).hasSize(64);
        assertThat(result.pipelines()).hasSize(15);
        assertThat(result.fleet().stream().mapToDouble(FleetModel::weight).sum())
                .isBetween(1.5e6, 1.6e6);
        assertThat(counts(result.fleet(), FleetModel::stage)).containsOnlyKeys(RankingStage.values());
        assertThat(counts(result.fleet(), FleetModel::dataConstraint))
                .containsOnlyKeys("full", "restricted", "regional");
        assertThat(counts(result.fleet(), FleetModel::hardware)).containsOnlyKeys("cpu", "gpu", "mtia");
        assertThat(counts(result.fleet(), FleetModel::surface)).hasSize(5);
        assertThat(counts(result.fleet(), FleetModel::event)).hasSize(9).doesNotContainKey("is_hate");
        assertThat(result.fleet()).allSatisfy(model -> assertThat(model.template())
                .isEqualTo(model.stage() == RankingStage.RANKING ? "sparse-nn-medium" : "decoupled-sparse-nn-medium"));
        assertThat(result.fleet().stream().map(FleetModel::id).distinct()).hasSize(64);
    }

    @Test
    void thePooledPipelineHasAllRowsAndTheBaseRatesOfTheData() {
        IngestResult result = new IngestJob(TestSpark.session())
                .run(configuration("kuairand-pooled.conf", data(), ""), warehouse.toString());

        PipelineManifest pooled = result.pipelines().get(0);
        assertThat(pooled.splits().values().stream()
                        .mapToLong(PipelineManifest.SplitSummary::rows)
                        .sum())
                .isEqualTo(222_869);
        // The days of the data's own README: 167,281, 26,683 and 28,905; a few rows about midnight fall on the other
        // side.
        assertThat(pooled.split(Split.TRAIN).rows()).isBetween(167_251L, 167_311L);
        assertThat(pooled.split(Split.TEST).rows()).isBetween(28_875L, 28_935L);
        assertThat(pooled.splits().values().stream()
                        .mapToLong(split -> split.positives().get("is_click"))
                        .sum())
                .isEqualTo(100_070);
        assertThat(pooled.splits().values().stream()
                        .mapToLong(split -> split.positives().get("is_like"))
                        .sum())
                .isEqualTo(3_874);
        assertThat(pooled.split(Split.VALIDATION).firstTime())
                .isGreaterThan(pooled.split(Split.TRAIN).lastTime());
        assertThat(new EncodedStore(warehouse.toString(), new Configuration())
                        .read(pooled, Split.TEST)
                        .rows())
                .isEqualTo((int) pooled.split(Split.TEST).rows());
    }

    private static <T> java.util.Map<T, Long> counts(List<FleetModel> fleet, Function<FleetModel, T> attribute) {
        return fleet.stream().collect(Collectors.groupingBy(attribute, Collectors.counting()));
    }

    private static IngestConfiguration configuration(String file, String data, String changes) {
        Config config = ConfigFactory.parseString(changes + "\ndata = \"" + data + "\"")
                .withFallback(ConfigFactory.parseFile(CONF.resolve(file).toFile()))
                .resolve();
        return Tiny.read(config);
    }

    /** The data's folder: environment variable SMT_DATA, or where it usually is beside the project. */
    private static String data() {
        String folder = System.getenv().getOrDefault("SMT_DATA", "../../shared/data/kuairand_pure_2w");
        Assumptions.assumeTrue(Files.exists(Path.of(folder, "val.parquet")), "no KuaiRand data in " + folder);
        return folder;
    }
}
