package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.ConfigSection;
import dev.smt.jobs.ingest.IngestConfiguration;
import dev.smt.jobs.ingest.IngestJob;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.BaselineSegmentRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.SegmentMetricRow;
import dev.smt.jobs.table.Warehouse;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are really trained, on 2,000 rows, and compared with their baselines in segments. */
class SegmentMetricsTest {
    private static final String CONFIGURATION =
            """
            input {
              logs = [{path = "%s", format = parquet}]
              time = t
              split {validation-from = "1970-01-01T00:00:14", test-from = "1970-01-01T00:00:16"}
              unit = user
              labels {clicked = clicked}
              features {
                user = {type = id, side = user}
                tab = {type = id, side = context, max-size = 2}
                city = {type = id, side = context, encoding = hashing, buckets = 1000}
              }
            }
            pipelines {list = [{name = all}]}
            fleet {
              grid {
                labels = [clicked]
                attributes {
                  stage = "'ranking'", surface = "'feed'", data-constraint = "'full'", hardware = "'cpu'"
                  template = "'sparse-nn-small'", flops = "1e6"
                }
              }
              constraints {full {}}
            }
            """;
    private static final String ROWS =
            """
            SELECT id * 10 AS t, id % 70 AS user, element_at(array('home', 'home', 'shop', 'news'), int(id % 4 + 1)) AS tab,
                   concat('city-', id % 61) AS city, int(id * 7919 % 10 < 3 + id % 4) AS clicked
            FROM range(2000)""";
    private static final long TEST_ROWS = 400;

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;
    private static FleetInputs fleet;
    private static PublishedTemplates templates;
    private static ExecutorFanOut executors;

    @BeforeAll
    static void ingest() {
        String logs = folder.resolve("logs").toString();
        TestSpark.session().sql(ROWS).write().parquet(logs);
        warehouse =
                Warehouse.open(TestSpark.session(), folder.resolve("warehouse").toString());
        ConfigProblems problems = new ConfigProblems();
        IngestConfiguration configuration = IngestConfiguration.read(
                new ConfigSection("", ConfigFactory.parseString(CONFIGURATION.formatted(logs)), problems));
        problems.throwIfAny();
        List<FleetModel> models = new IngestJob(TestSpark.session())
                .run(configuration, warehouse.location())
                .fleet();
        warehouse.append(
                FleetModelRow.TABLE,
                models.stream().map(model -> FleetModelRow.of("r0", model)).toList());
        fleet = new FleetInputs(warehouse);
        templates = new PublishedTemplates(warehouse, Clock.systemUTC());
        executors = new ExecutorFanOut(warehouse);
    }

    @AfterAll
    static void close() {
        executors.close();
    }

    @Test
    void aRebuiltModelIsComparedInEverySegment() {
        List<String> segments = List.of("tab", "city");
        FleetModel model = fleet.models().get(0);
        Baseline baseline = baseline("r1", segments, 5);
        PairedTrial trial =
                new PairedTrial(model, templates.template(templates.latest(model.template())), baseline, 99);

        List<PairedResult> results = new PairedTrials(
                        fleet, executors, new EvaluationConfiguration(segments, UnseenRows.NONE))
                .evaluate(List.of(trial), Split.TEST, () -> {});
        new SegmentMetrics(warehouse, fleet, "r2", "backtest").keep(List.of(model), results, any -> 7);

        Map<String, SegmentMetricRow> tabs = warehouse.rows(SegmentMetricRow.TABLE).stream()
                .filter(row -> row.feature().equals("tab"))
                .collect(Collectors.toMap(SegmentMetricRow::value, row -> row));
        assertThat(tabs.keySet()).containsExactlyInAnyOrder("home", "news", "(unknown)");
        assertThat(tabs.get("home").rows()).isEqualTo(TEST_ROWS / 2);
        assertThat(tabs.values()).allSatisfy(row -> {
            assertThat(row.step()).isEqualTo("backtest");
            assertThat(row.version()).isEqualTo(7);
            assertThat(row.neDelta().getAsDouble())
                    .isCloseTo(100 * (1 - row.ne().getAsDouble() / row.neBase().getAsDouble()), within(1e-9));
            assertThat(row.neDeltaSe().getAsDouble()).isPositive();
            assertThat(row.auc()).isPresent();
            assertThat(row.calibration()).isPresent();
        });
        double loss = tabs.values().stream()
                .mapToDouble(row -> row.rows() * row.logLoss())
                .sum();
        double baseLoss = tabs.values().stream()
                .mapToDouble(
                        row -> row.rows() * row.logLoss() / (1 - row.neDelta().getAsDouble() / 100))
                .sum();
        assertThat(100 * (baseLoss - loss) / baseLoss)
                .as("the segments' losses add up to the whole delta")
                .isCloseTo(results.get(0).delta().delta(), within(1e-9));

        List<SegmentMetricRow> cities = warehouse.rows(SegmentMetricRow.TABLE).stream()
                .filter(row -> row.feature().equals("city"))
                .toList();
        assertThat(cities).hasSizeBetween(45, 51);
        assertThat(cities)
                .extracting(SegmentMetricRow::value)
                .contains("(other)")
                .anyMatch(value -> value.startsWith("hash "));
        assertThat(cities.stream().mapToLong(SegmentMetricRow::rows).sum()).isEqualTo(TEST_ROWS);
    }

    @Test
    void aBaselineIsTrainedOnceAndAgainOnlyForSegmentsThatItLacks() {
        assertThat(baseline("r1", List.of(), 6).row().runId()).isEqualTo("r1");
        assertThat(segmentRows(6)).isZero();

        Baseline withTabs = baseline("r2", List.of("tab"), 6);
        assertThat(withTabs.row().runId()).isEqualTo("r2");
        assertThat(withTabs.segments()).hasSize(3);
        assertThat(baseline("r3", List.of(), 6).row().runId()).isEqualTo("r2");

        Baseline again = baseline("r4", List.of("tab"), 6);
        assertThat(again.row().runId()).isEqualTo("r2");
        assertThat(again.segments()).hasSize(3);
        assertThat(segmentRows(6)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            int id = withTabs.segments().get(i).id();
            assertThat(again.segments().stream()
                            .filter(segment -> segment.id() == id)
                            .map(segment -> segment.evaluation().logLoss()))
                    .containsExactly(withTabs.segments().get(i).evaluation().logLoss());
        }
    }

    @Test
    void withoutSegmentsNothingIsKept() {
        FleetModel model = fleet.models().get(0);
        PairedTrial trial = new PairedTrial(
                model, templates.template(templates.latest(model.template())), baseline("r1", List.of(), 7), 99);
        List<PairedResult> results = new PairedTrials(fleet, executors).evaluate(List.of(trial), Split.TEST, () -> {});

        new SegmentMetrics(warehouse, fleet, "r-none", "iterate").keep(List.of(model), results, any -> 1);

        assertThat(results.get(0).segments()).isEmpty();
        assertThat(warehouse.rows(SegmentMetricRow.TABLE))
                .extracting(SegmentMetricRow::runId)
                .doesNotContain("r-none");
    }

    @Test
    void aStepSaysWhichTablesItWrites() {
        assertThat(EvaluationConfiguration.PLAIN.andTables("back_tests")).containsExactly("back_tests");
        assertThat(new EvaluationConfiguration(List.of("tab"), UnseenRows.NONE).andTables("back_tests"))
                .containsExactly("back_tests", "baseline_segments", "segment_metrics");
    }

    private static long segmentRows(long seed) {
        return warehouse.rows(BaselineSegmentRow.TABLE).stream()
                .filter(row -> row.seed() == Seeds.training(seed, row.modelId(), 0))
                .count();
    }

    /** The baseline of a seed: each test has its own. */
    private static Baseline baseline(String runId, List<String> segments, long seed) {
        Progress silent = new Progress(new PrintWriter(Writer.nullWriter()), false, Clock.systemUTC());
        return new Baselines(warehouse, fleet, templates, executors, silent, segments)
                .of(runId, fleet.models(), model -> templates.latest(model.template()), seed)
                .get(fleet.models().get(0).id());
    }
}
