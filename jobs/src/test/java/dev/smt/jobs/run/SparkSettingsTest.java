package dev.smt.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smt.jobs.config.InvalidInputException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {
    private static final Map<String, String> STANDALONE =
            Map.of("master", "spark://127.0.0.1:7077", "authenticate", "true");
    private static final Map<String, String> SECRET = Map.of("_SPARK_AUTH_SECRET", "from the environment");

    @Test
    void aStandaloneClustersSecretComesFromTheEnvironment() {
        assertThat(SparkSettings.of(STANDALONE, SECRET).get("spark.authenticate.secret"))
                .isEqualTo("from the environment");
    }

    @Test
    void aSecretAmongTheSettingsWins() {
        SparkConf conf = SparkSettings.of(
                Map.of("master", "spark://h:1", "spark.authenticate", "true", "authenticate.secret", "set"), SECRET);
        assertThat(conf.get("spark.authenticate.secret")).isEqualTo("set");
    }

    @Test
    void withoutASecretAStandaloneClusterIsRefusedWithTheMend() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SparkSettings.of(STANDALONE, Map.of()))
                .withMessageContaining("_SPARK_AUTH_SECRET");
    }

    @Test
    void otherMastersTakeNoSecret() {
        for (String master : new String[] {"yarn", "local[2]", "k8s://host"}) {
            assertThat(SparkSettings.of(Map.of("master", master, "authenticate", "true"), SECRET)
                            .contains("spark.authenticate.secret"))
                    .isFalse();
        }
    }

    @Test
    void smallTablesAreNotSpreadOverManyTasks() {
        assertThat(SparkSettings.of(Map.of("master", "yarn"), Map.of())
                        .get("spark.databricks.delta.snapshotPartitions"))
                .isEqualTo("2");
        assertThat(SparkSettings.of(Map.of(), Map.of()).get("spark.sql.shuffle.partitions"))
                .isEqualTo("4");
        assertThat(SparkSettings.of(Map.of("master", "yarn"), Map.of()).contains("spark.sql.shuffle.partitions"))
                .isFalse();
        assertThat(SparkSettings.of(Map.of("sql.shuffle.partitions", "7"), Map.of())
                        .get("spark.sql.shuffle.partitions"))
                .isEqualTo("7");
    }

    @Test
    void aTablesCommitDoesNotWaitForTrainingsThatWereSentBefore() {
        assertThat(SparkSettings.of(Map.of(), Map.of()).get("spark.scheduler.mode"))
                .isEqualTo("FAIR");
        assertThat(SparkSettings.of(Map.of("scheduler.mode", "FIFO"), Map.of()).get("spark.scheduler.mode"))
                .isEqualTo("FIFO");
    }
}
