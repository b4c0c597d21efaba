package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.TestSpark;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema that tools write before names; strings, comments and other names stay as they are. */
class SchemaNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT * FROM default.effort | SELECT * FROM effort",
                "SELECT * FROM `default`.`effort` e | SELECT * FROM `effort` e",
                "SELECT * FROM Default . effort | SELECT * FROM effort",
                "SELECT default.effort.way FROM default.effort | SELECT effort.way FROM effort",
                "SELECT default.effort.* FROM default.effort | SELECT effort.* FROM effort",
                "WITH a AS (SELECT * FROM default.effort) SELECT * FROM a | WITH a AS (SELECT * FROM effort) SELECT * FROM a",
                "SELECT (SELECT 1 FROM default.effort) | SELECT (SELECT 1 FROM effort)",
                "SELECT '\uD83D\uDE00' FROM default.effort | SELECT '\uD83D\uDE00' FROM effort",
                "SELECT 'default.effort' /* default.effort */ | SELECT 'default.effort' /* default.effort */",
                "SELECT * FROM other.effort | SELECT * FROM other.effort",
                "SELECT * FROM spark_catalog.default.effort | SELECT * FROM spark_catalog.default.effort",
                "SELEKT default.effort | SELEKT default.effort",
            })
    void isTakenAwayBeforeTablesAndTheirColumns(String query, String expected) {
        assertThat(SchemaNames.without("default", query, TestSpark.session())).isEqualTo(expected);
    }
}
