package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smt.jobs.config.InvalidInputException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Map<String, String> STANDALONE =
            Map.of("master", "spark://127.0.0.1:7077", "authenticate", "true");
    private static final Map<String, String> SECRET = Map.of("_SPARK_AUTH_SECRET", "from the environment");

    @Test
    void aStandaloneClustersSecretComesFromTheEnvironment() {
        assertThat(Session.conf(STANDALONE, SECRET).get("spark.authenticate.secret"))
                .isEqualTo("from the environment");
    }

    @Test
    void aSecretAmongTheSettingsWins() {
        SparkConf conf = Session.conf(
                Map.of("master", "spark://h:1", "spark.authenticate", "true", "authenticate.secret", "set"), SECRET);
        assertThat(conf.get("spark.authenticate.secret")).isEqualTo("set");
    }

    @Test
    void withoutASecretAStandaloneClusterIsRefusedWithTheMend() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Session.conf(STANDALONE, Map.of()))
                .withMessageContaining("_SPARK_AUTH_SECRET");
    }

    @Test
    void otherMastersTakeNoSecret() {
        for (String master : new String[] {"yarn", "local[2]", "k8s://host"}) {
            assertThat(Session.conf(Map.of("master", master, "authenticate", "true"), SECRET)
                            .contains("spark.authenticate.secret"))
                    .isFalse();
        }
    }

    @Test
    void smallTablesAreNotSpreadOverManyTasks() {
        assertThat(Session.conf(Map.of("master", "yarn"), Map.of()).get("spark.databricks.delta.snapshotPartitions"))
                .isEqualTo("2");
        assertThat(Session.conf(Map.of(), Map.of()).get("spark.sql.shuffle.partitions"))
                .isEqualTo("4");
        assertThat(Session.conf(Map.of("master", "yarn"), Map.of()).contains("spark.sql.shuffle.partitions"))
                .isFalse();
        assertThat(Session.conf(Map.of("sql.shuffle.partitions", "7"), Map.of()).get("spark.sql.shuffle.partitions"))
                .isEqualTo("7");
    }
}
