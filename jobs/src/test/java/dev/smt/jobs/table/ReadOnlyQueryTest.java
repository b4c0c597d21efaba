package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyQueryTest {
    private static final SparkSession SPARK = TestSpark.session();

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void aWarehouseBesideOtherFiles() throws IOException {
        warehouse = Warehouse.open(SPARK, folder.resolve("warehouse").toString());
        warehouse.append(EffortRow.TABLE, List.of(row("first")));
        Files.writeString(folder.resolve("secret.txt"), "not for everybody");
        SPARK.range(3).write().format("delta").save(folder.resolve("elsewhere").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT way FROM effort",
                "SELECT way FROM effort;",
                "WITH e AS (SELECT way FROM effort) SELECT * FROM e",
                "SELECT (SELECT max(way) FROM effort) AS way",
                "SELECT way FROM effort WHERE EXISTS (SELECT 1 FROM v_effort)",
                "SELECT min(way) OVER w FROM effort WINDOW w AS (ORDER BY hours)",
                "SELECT 'templates' AS way FROM range(1)",
                "SELECT col FROM explode(array('templates'))",
                "SELECT * FROM VALUES ('templates') AS t(way)",
                "FROM effort |> SELECT way",
                "WITH RECURSIVE r(way, n) AS (SELECT 'templates', 1 UNION ALL SELECT way, n + 1 FROM r WHERE n < 3)"
                        + " SELECT max(way) FROM r",
                "SELECT way FROM effort UNION SELECT way FROM effort LATERAL VIEW explode(array(1)) AS one",
            })
    void readsTablesAndViews(String query) {
        assertThat(ReadOnlyQuery.rows(warehouse, query).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("templates");
    }

    @Test
    void seesWhatWasCommittedSinceTheQueryBefore() {
        Warehouse growing = Warehouse.open(SPARK, folder.resolve("growing").toString());
        String query = "SELECT run_id FROM effort ORDER BY run_id";
        assertThat(ReadOnlyQuery.rows(growing, query).collectAsList()).isEmpty();
        for (String run : List.of("a", "b")) {
            growing.append(EffortRow.TABLE, List.of(row(run)));
            assertThat(ReadOnlyQuery.rows(growing, "SELECT max(run_id) FROM effort")
                            .first()
                            .getString(0))
                    .isEqualTo(run);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT java_method('java.lang.System', 'getProperty', 'user.home')",
                "SELECT (SELECT reflect('java.lang.System', 'getProperty', 'user.home'))",
                "WITH t AS (SELECT try_reflect('java.lang.System', 'getProperty', 'user.home')) SELECT * FROM t",
                "SELECT 1 FROM effort WHERE hours IN (SELECT java_method('java.lang.System', 'nanoTime'))",
                "SELECT sum(1) OVER w FROM effort WINDOW w AS (ORDER BY java_method('java.lang.System', 'nanoTime'))",
                "SELECT IDENTIFIER('java_' || 'method')('java.lang.System', 'getProperty', 'user.home')",
                "SELECT * FROM VALUES (java_method('java.lang.System', 'nanoTime'))",
                "SELECT * FROM range(CAST(java_method('java.lang.System', 'nanoTime') AS INT))",
                "SELECT transform(array('user.home'), x -> java_method('java.lang.System', 'getProperty', x))",
                "SELECT TRANSFORM(1) USING 'touch %s/made' AS (a)",
                "WITH t AS (SELECT TRANSFORM(1) USING 'touch %s/made' AS (a)) SELECT * FROM t",
                "FROM effort SELECT TRANSFORM(hours) USING 'touch %s/made' AS (a)",
                "SELECT * FROM text.`%s/secret.txt`",
                "SELECT * FROM effort UNION ALL SELECT * FROM text.`%s/secret.txt`",
                "SELECT (SELECT max(value) FROM text.`%s/secret.txt`)",
                "WITH t AS (SELECT * FROM csv.`%s/secret.txt`) SELECT * FROM t",
                "TABLE delta.`%s/elsewhere`",
                "SELECT * FROM delta.`%s/elsewhere` VERSION AS OF 0",
                "SELECT * FROM delta.`%s/elsewhere@v0`",
                "SELECT * FROM IDENTIFIER('text.`%s/secret.txt`')",
                "SELECT * FROM table_changes_by_path('%s/elsewhere', 0)",
                "SELECT from_xml('<a/>', 'a INT', map('rowValidationXSDPath', '%s/secret.txt'))",
                "SELECT from_avro(x'00', '\"int\"', map('avroSchemaUrl', '%s/secret.txt'))",
                "SELECT '${system:user.home}'",
                "SELECT '${env:PATH}'",
                "SELECT '${spark.app.name}'",
                "SELECT * FROM spark_catalog.default.elsewhere",
                "SELECT * FROM global_temp.elsewhere",
                "FROM effort |> UNION ALL (SELECT * FROM text.`%s/secret.txt`)",
                "EXECUTE IMMEDIATE 'SELECT * FROM text.`%s/secret.txt`'",
                "ADD JAR '%s/secret.txt'",
                "CREATE TEMPORARY FUNCTION f AS 'java.lang.System'",
                "CREATE TEMPORARY VIEW effort AS SELECT 1",
                "CACHE TABLE effort",
                "SET spark.sql.extensions",
                "RESET",
                "USE elsewhere",
                "SHOW TABLES",
                "DECLARE VARIABLE v = 1",
                "LIST FILES",
                "EXPLAIN SELECT * FROM text.`%s/secret.txt`",
                "CALL system.run()",
                "VACUUM delta.`%s/elsewhere`",
                "CONVERT TO DELTA parquet.`%s/elsewhere`",
                "BEGIN SELECT 1; END",
            })
    void refusesWhateverDoesMore(String query) {
        assertThatThrownBy(() -> ReadOnlyQuery.rows(warehouse, query.formatted(folder)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("allowed: ");
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void refusesTablesOfThePlatformsCatalog() {
        SPARK.sql(
                "CREATE TABLE IF NOT EXISTS foreign_table USING delta LOCATION '" + folder.resolve("elsewhere") + "'");
        try {
            assertThatThrownBy(() -> ReadOnlyQuery.rows(warehouse, "SELECT * FROM foreign_table"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("allowed: tables and views of the warehouse");
        } finally {
            SPARK.sql("DROP TABLE foreign_table");
        }
    }

    @Test
    void saysWhatIsNotValid() {
        assertThatThrownBy(() -> ReadOnlyQuery.rows(warehouse, "SELEKT 1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("query is not valid: ");
    }

    private static EffortRow row(String run) {
        return new EffortRow(
                run, Instant.EPOCH, "templates", OptionalInt.empty(), "training", 2.5, 4, Optional.empty());
    }
}
