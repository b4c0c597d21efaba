package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest {
    @TempDir
    private Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(
                TestSpark.session(), folder.resolve("new/warehouse").toString());
    }

    @Test
    void aTableThatWasNeverWrittenIsEmptyAndHasItsColumns() {
        assertThat(warehouse.exists(ClusterElbowRow.TABLE)).isFalse();
        assertThat(warehouse.rows(ClusterElbowRow.TABLE)).isEmpty();
        assertThat(warehouse.dataset(ClusterElbowRow.TABLE).schema()).isEqualTo(ClusterElbowRow.TABLE.schema());
    }

    @Test
    void appendAddsRowsAndNothingMakesNoTable() {
        warehouse.append(ClusterElbowRow.TABLE, List.of());
        assertThat(warehouse.exists(ClusterElbowRow.TABLE)).isFalse();
        warehouse.append(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9)));
        warehouse.append(ClusterElbowRow.TABLE, List.of(elbow("r1", 3, 4), elbow("r2", 2, 8)));
        assertThat(warehouse.rows(ClusterElbowRow.TABLE))
                .containsExactlyInAnyOrder(elbow("r1", 2, 9), elbow("r1", 3, 4), elbow("r2", 2, 8));
        assertThat(warehouse.rows(ClusterElbowRow.TABLE, functions.col("run_id").equalTo("r2")))
                .containsExactly(elbow("r2", 2, 8));
    }

    @Test
    void aColumnThatAnEarlierVersionDidNotWriteIsEmpty() {
        warehouse.append(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9)));
        Warehouse earlier =
                Warehouse.open(TestSpark.session(), folder.resolve("earlier").toString());
        warehouse
                .dataset(ClusterElbowRow.TABLE)
                .drop("is_elbow")
                .write()
                .format("delta")
                .save(earlier.path(ClusterElbowRow.TABLE));

        assertThat(earlier.query(List.of("SELECT run_id, k, is_elbow FROM cluster_elbow"))
                        .get(0)
                        .collectAsList())
                .containsExactly(RowFactory.create("r1", 2, null));
    }

    @Test
    void appendOnceIgnoresACommitThatItHasSeen() {
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9)), "study/t", 2);
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9)), "study/t", 2);
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 1, 9)), "study/t", 1);
        assertThat(warehouse.rows(ClusterElbowRow.TABLE)).containsExactly(elbow("r1", 2, 9));
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 3, 5)), "study/t", 4);
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 4, 3)), "study/other", 2);
        assertThat(warehouse.rows(ClusterElbowRow.TABLE))
                .extracting(ClusterElbowRow::k)
                .containsExactlyInAnyOrder(2, 3, 4);
    }

    @Test
    void upsertReplacesRowsWithTheSameKey() {
        warehouse.upsert(ClusterElbowRow.TABLE, List.of());
        warehouse.upsert(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9), elbow("r1", 3, 4)));
        warehouse.upsert(ClusterElbowRow.TABLE, List.of(elbow("r1", 3, 5), elbow("r2", 3, 7)));
        assertThat(warehouse.rows(ClusterElbowRow.TABLE))
                .containsExactlyInAnyOrder(elbow("r1", 2, 9), elbow("r1", 3, 5), elbow("r2", 3, 7));
    }

    @Test
    void anUpsertOfNewKeysOnlyIsAnAppend() {
        warehouse.upsert(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9)));
        warehouse.upsert(ClusterElbowRow.TABLE, List.of(elbow("r1", 3, 4), elbow("r2", 2, 8)));
        warehouse.upsert(ClusterElbowRow.TABLE, List.of(elbow("r1", 3, 5), elbow("r3", 2, 7)));
        assertThat(warehouse.rows(ClusterElbowRow.TABLE))
                .containsExactlyInAnyOrder(elbow("r1", 2, 9), elbow("r1", 3, 5), elbow("r2", 2, 8), elbow("r3", 2, 7));
        assertThat(DeltaTable.forPath(TestSpark.session(), warehouse.path(ClusterElbowRow.TABLE))
                        .history()
                        .orderBy("version")
                        .select("operation")
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactly("CREATE TABLE", "WRITE", "WRITE", "MERGE");
    }

    @Test
    void aTableThatWasWrittenBeforeAColumnWasAddedIsReadAndGrowsIt() {
        FleetModelRow row = FleetModelRow.of("r1", model());
        warehouse.append(FleetModelRow.TABLE, List.of(row));
        String path = warehouse.path(FleetModelRow.TABLE);
        TestSpark.session()
                .read()
                .format("delta")
                .load(path)
                .drop("events")
                .write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .save(path);

        FleetModelRow old = warehouse.rows(FleetModelRow.TABLE).get(0);
        assertThat(old.events()).isEmpty();
        assertThat(old.model().events()).containsExactly(OptimizationEvent.binary("purchase"));

        warehouse.upsert(FleetModelRow.TABLE, List.of(row));
        assertThat(warehouse.rows(FleetModelRow.TABLE)).containsExactly(row);
    }

    @Test
    void aTableThatWasWrittenBeforeItsKeyGrewIsUpsertedByTheNewKey() {
        BackTestRow whole = backTest(Optional.empty(), 0.1);
        warehouse.append(BackTestRow.TABLE, List.of(whole));
        String path = warehouse.path(BackTestRow.TABLE);
        TestSpark.session()
                .read()
                .format("delta")
                .load(path)
                .drop("left_out")
                .write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .save(path);

        BackTestRow again = backTest(Optional.empty(), 0.2);
        BackTestRow without = backTest(Optional.of("a"), 0.3);
        warehouse.upsert(BackTestRow.TABLE, List.of(again, without));
        assertThat(warehouse.rows(BackTestRow.TABLE)).containsExactlyInAnyOrder(again, without);
        warehouse.upsert(BackTestRow.TABLE, List.of(whole));
        assertThat(warehouse.rows(BackTestRow.TABLE)).containsExactlyInAnyOrder(whole, without);
    }

    @Test
    void maintenancePutsSmallFilesTogetherAndChangesNoRow() {
        for (int k = 2; k < 5; k++) {
            warehouse.append(ClusterElbowRow.TABLE, List.of(elbow("r1", k, 9)));
        }
        assertThat(warehouse.files(ClusterElbowRow.TABLE)).isEqualTo(3);
        warehouse.maintain(ClusterElbowRow.TABLE, 168);
        assertThat(warehouse.files(ClusterElbowRow.TABLE)).isEqualTo(1);
        assertThat(warehouse.rows(ClusterElbowRow.TABLE))
                .containsExactlyInAnyOrder(elbow("r1", 2, 9), elbow("r1", 3, 9), elbow("r1", 4, 9));
    }

    @Test
    void aClaimIsAboveEveryEarlierCommitOfTheWriter() {
        long first = warehouse.claim(ClusterElbowRow.TABLE, "study");
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9)), "study", first + 7);
        long second = warehouse.claim(ClusterElbowRow.TABLE, "study");
        assertThat(second).isGreaterThan(first + 7);
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 3, 9)), "study", first + 8);
        warehouse.appendOnce(ClusterElbowRow.TABLE, List.of(elbow("r1", 4, 9)), "study", second + 1);
        assertThat(warehouse.rows(ClusterElbowRow.TABLE))
                .containsExactlyInAnyOrder(elbow("r1", 2, 9), elbow("r1", 4, 9));
        assertThat(warehouse.claim(ClusterElbowRow.TABLE, "other")).isEqualTo(first);
    }

    @Test
    void everyTableIsKnownToSqlByItsName() {
        warehouse.append(ClusterElbowRow.TABLE, List.of(elbow("r1", 2, 9)));
        warehouse.registerNamedIn(Tables.all().stream().map(Table::name).collect(Collectors.joining(", ")));
        assertThat(TestSpark.session()
                        .sql("SELECT sum(k) FROM cluster_elbow")
                        .first()
                        .getLong(0))
                .isEqualTo(2);
        assertThat(TestSpark.session().sql("SELECT * FROM adoption").columns())
                .isEqualTo(AdoptionRow.TABLE.schema().fieldNames());
        assertThat(Tables.all())
                .allSatisfy(table -> assertThat(TestSpark.session().catalog().tableExists(table.name()))
                        .as(table.name())
                        .isTrue());
    }

    @Test
    void refusesAWarehouseThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        for (String location : List.of(file + "/warehouse", "nosuchscheme://host/warehouse", "")) {
            assertThatThrownBy(() -> Warehouse.open(TestSpark.session(), location))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("warehouse is \"" + location + "\", which can't be written (")
                    .hasMessageEndingWith("); allowed: a folder that you may write to");
        }
        assertThat(folder.resolve("file")).hasContent("not a folder");
    }

    @Test
    void openingLeavesNoFileBehind() throws IOException {
        try (var files = Files.list(folder.resolve("new/warehouse"))) {
            assertThat(files).isEmpty();
        }
    }

    private static BackTestRow backTest(Optional<String> leftOut, double delta) {
        return new BackTestRow(
                "r1",
                "sparse-nn-medium",
                2,
                leftOut,
                "a",
                OptionalDouble.of(delta),
                OptionalDouble.empty(),
                1,
                true,
                Optional.empty(),
                OptionalDouble.empty());
    }

    private static FleetModel model() {
        return new FleetModel(
                "a",
                RankingStage.RANKING,
                1e6,
                "cpu",
                "value",
                "feed",
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.parse("purchase:amount|click")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }

    private static ClusterElbowRow elbow(String runId, int k, double wssse) {
        return new ClusterElbowRow(runId, k, wssse, OptionalDouble.empty(), false);
    }
}
