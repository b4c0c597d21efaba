package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.smt.jobs.TestSpark;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the driver writes and reads without Spark is what Spark reads and writes. */
class DriverTablesTest {
    @TempDir
    private Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(
                TestSpark.session(), folder.resolve("a warehouse, 100% ü").toString());
    }

    @TestFactory
    Stream<DynamicTest> aRowOfEachTableComesBack() {
        return Tables.all().stream().map(table -> DynamicTest.dynamicTest(table.name(), () -> assertComesBack(table)));
    }

    private <R extends Record> void assertComesBack(Table<R> table) throws ReflectiveOperationException {
        List<R> rows = examples(table);
        warehouse.append(table, rows);
        assertThat(warehouse.rows(table)).containsExactlyElementsOf(rows);
    }

    @TestFactory
    Stream<DynamicTest> sparkReadsWhatTheDriverWroteAndTheDriverWhatSparkWrote() {
        return tablesWithAllTypes().stream()
                .map(table -> DynamicTest.dynamicTest(table.name(), () -> assertSameAsSpark(table)));
    }

    private <R extends Record> void assertSameAsSpark(Table<R> table) throws ReflectiveOperationException {
        List<R> rows = examples(table);
        warehouse.append(table, rows);
        Dataset<Row> bySpark = TestSpark.session().read().format("delta").load(warehouse.path(table));
        Dataset<Row> byDriver = warehouse.dataset(table);
        assertThat(byDriver.schema()).isEqualTo(bySpark.schema());
        assertThat(byDriver.collectAsList()).containsExactlyInAnyOrderElementsOf(bySpark.collectAsList());

        bySpark.write().format("delta").mode("append").save(warehouse.path(table));
        assertThat(warehouse.rows(table))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(rows.stream(), rows.stream()).toList());
    }

    /** As few as have them all. */
    private static List<Table<?>> tablesWithAllTypes() {
        Set<DataType> seen = new HashSet<>();
        List<Table<?>> tables = new ArrayList<>();
        for (Table<?> table : Tables.all()) {
            if (seen.addAll(Arrays.stream(table.schema().fields())
                    .map(StructField::dataType)
                    .toList())) {
                tables.add(table);
            }
        }
        return tables;
    }

    @Test
    void commitsAndLooksAtSmallTablesStartNoSparkJob() throws Exception {
        AtomicInteger jobs = new AtomicInteger();
        SparkListener counter = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart start) {
                jobs.incrementAndGet();
            }
        };
        SparkSession session = (SparkSession) TestSpark.session();
        session.sparkContext().addSparkListener(counter);
        try {
            long claim = warehouse.claim(ClusterElbowRow.TABLE, "study");
            warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow(2)), "study", claim + 1);
            warehouse.upsert(ClusterElbowRow.TABLE, List.of(elbow(3)));
            assertThat(warehouse.rows(ClusterElbowRow.TABLE, functions.col("k").equalTo(3)))
                    .containsExactly(elbow(3));
            session.sparkContext().listenerBus().waitUntilEmpty();
            assertThat(jobs).hasValue(0);
        } finally {
            session.sparkContext().removeSparkListener(counter);
        }
    }

    @Test
    void aSmallTableIsReadByTheDriverAndALargeOneBySpark() {
        warehouse.append(QuarantineRow.TABLE, List.of(quarantine(0, "short")));
        assertThat(plan(QuarantineRow.TABLE)).isInstanceOf(LocalRelation.class);

        Random random = new Random(7);
        List<QuarantineRow> many = IntStream.range(1, 1_001)
                .mapToObj(number -> quarantine(
                        number,
                        random.ints(4_000, ' ', '~')
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()))
                .toList();
        warehouse.append(QuarantineRow.TABLE, many);
        assertThat(plan(QuarantineRow.TABLE)).isNotInstanceOf(LocalRelation.class);
        assertThat(warehouse.rows(QuarantineRow.TABLE)).hasSize(1_001).containsAll(many);
    }

    @Test
    void aCommitThatLosesAgainstAnotherLeavesNoFile() throws IOException {
        warehouse.append(ClusterElbowRow.TABLE, List.of(elbow(2)));
        DriverTables driver = driver();
        Snapshot before = driver.find(warehouse.path(ClusterElbowRow.TABLE)).orElseThrow();
        warehouse.append(ClusterElbowRow.TABLE, List.of(elbow(3)));

        List<Row> late = List.of(ClusterElbowRow.TABLE.toRow(elbow(4)));
        assertThatThrownBy(
                        () -> driver.commits().append(before, ClusterElbowRow.TABLE.schema(), late, Optional.empty()))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageStartingWith("another commit came first");
        try (Stream<Path> files = Files.list(tableFolder())) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(2);
        }
        assertThat(warehouse.rows(ClusterElbowRow.TABLE)).containsExactlyInAnyOrder(elbow(2), elbow(3));
    }

    @Test
    void theLogIsPutTogetherAsOftenAsTheTableSays() throws IOException {
        DriverTables driver = driver();
        String path = warehouse.path(ClusterElbowRow.TABLE);
        DriverCommits commits = new DriverCommits(driver.engine(), Map.of("delta.checkpointInterval", "3"));
        assertThat(commits.create(path, KernelSchema.of(ClusterElbowRow.TABLE.schema())))
                .isTrue();
        for (int k = 2; k < 6; k++) {
            warehouse.append(ClusterElbowRow.TABLE, List.of(elbow(k)));
        }
        assertThat(tableFolder().resolve("_delta_log/00000000000000000003.checkpoint.parquet"))
                .exists();
        assertThat(TestSpark.session().read().format("delta").load(path).count())
                .isEqualTo(4);
        assertThat(warehouse.rows(ClusterElbowRow.TABLE)).hasSize(4);
    }

    @Test
    void propertiesThatDeltasKernelDoesNotKnowAreLeftToSpark() {
        DriverCommits commits = new DriverCommits(driver().engine(), Map.of("delta.nonsense", "3"));
        String path = warehouse.path(ClusterElbowRow.TABLE);
        assertThat(commits.create(path, KernelSchema.of(ClusterElbowRow.TABLE.schema())))
                .isFalse();
        assertThat(warehouse.exists(ClusterElbowRow.TABLE)).isFalse();
    }

    @Test
    void aTableThatSomebodyElseMadeMeanwhileIsALostCommit() {
        warehouse.append(ClusterElbowRow.TABLE, List.of(elbow(2)));
        assertThatThrownBy(() -> driver().commits()
                        .create(warehouse.path(ClusterElbowRow.TABLE), KernelSchema.of(ClusterElbowRow.TABLE.schema())))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void sparksSettingsOfDeltaHoldForTheDriverToo() {
        SparkConf spark = new SparkConf(false)
                .set("spark.delta.logStore.s3a.impl", "io.delta.storage.S3DynamoDBLogStore")
                .set("spark.io.delta.storage.S3DynamoDBLogStore.ddb.tableName", "log")
                .set("spark.databricks.delta.properties.defaults.checkpointInterval", "50");
        Configuration hadoop = new Configuration(false);
        KernelSettings settings = new KernelSettings(spark);
        settings.addTo(hadoop, "s3a");
        assertThat(hadoop)
                .extracting(Map.Entry::getKey, Map.Entry::getValue)
                .containsExactlyInAnyOrder(
                        tuple("io.delta.kernel.logStore.s3a.impl", "io.delta.storage.S3DynamoDBLogStore"),
                        tuple("spark.io.delta.storage.S3DynamoDBLogStore.ddb.tableName", "log"));
        assertThat(settings.propertiesOfNewTables()).containsExactly(Map.entry("delta.checkpointInterval", "50"));

        new KernelSettings(new SparkConf(false).set("spark.delta.logStore.class", "a.LogStore")).addTo(hadoop, "hdfs");
        assertThat(hadoop.get("io.delta.kernel.logStore.hdfs.impl")).isEqualTo("a.LogStore");
    }

    private DriverTables driver() {
        return DriverTables.in(new org.apache.hadoop.fs.Path(warehouse.location()), TestSpark.session());
    }

    private Path tableFolder() {
        return folder.resolve("a warehouse, 100% ü").resolve(ClusterElbowRow.TABLE.name());
    }

    private LogicalPlan plan(Table<?> table) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) warehouse.dataset(table))
                .queryExecution()
                .optimizedPlan();
    }

    private static <R extends Record> List<R> examples(Table<R> table) throws ReflectiveOperationException {
        return List.of(TableTest.example(table.rowType(), true), TableTest.example(table.rowType(), false));
    }

    private static ClusterElbowRow elbow(int k) {
        return new ClusterElbowRow("run", k, 9, OptionalDouble.empty(), false);
    }

    private static QuarantineRow quarantine(int number, String text) {
        return new QuarantineRow("run", number, "rule", text);
    }
}
