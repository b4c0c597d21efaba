package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command in a process of its own, asked by Hive's own JDBC driver over a finished cycle. */
class ServeSqlIT {
    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final Pattern READY = Pattern.compile("ready: (jdbc:hive2://127\\.0\\.0\\.1:\\d+/default)");

    private static Process server;
    private static String url;
    private static URLClassLoader driverJar;
    private static Driver driver;

    private Connection connection;

    @BeforeAll
    static void startTheServerAndLoadTheDriver() throws Exception {
        Path output = Files.createDirectories(TinyWorld.fresh("serve-sql")).resolve("out.txt");
        server = CommandProcess.start(TinyWorld.finished(), output, "serve-sql", "--port", "0");
        url = ready(output);
        // Alone, as in a tool: its libraries are other versions than ours.
        driverJar = new URLClassLoader(
                new URL[] {Path.of(System.getProperty("hive.driver")).toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
        driver = (Driver) driverJar
                .loadClass("org.apache.hive.jdbc.HiveDriver")
                .getDeclaredConstructor()
                .newInstance();
    }

    private static String ready(Path output) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end && server.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(output));
            if (ready.find()) {
                return ready.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("the server printed: " + Files.readString(output));
    }

    @AfterAll
    static void itStopsWithExitCodeZeroWhenItIsTold() throws Exception {
        try {
            server.destroy();
            assertThat(server.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
            driverJar.close();
        }
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = driver.connect(url, new Properties());
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void cellsHaveTheirTypesAndValues() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT true, CAST(1 AS TINYINT), CAST(2 AS SMALLINT), 3, 4L,"
                        + " CAST(0.1 AS FLOAT), 0.25D, CAST(1.5 AS DECIMAL(10,2)), 'it''s', DATE '2026-01-02',"
                        + " TIMESTAMP '2026-01-02 03:04:05.678', CAST('ab' AS BINARY), array('x', NULL),"
                        + " CAST(NULL AS INT), NULL")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
            assertThat(row.getByte(2)).isEqualTo((byte) 1);
            assertThat(row.getShort(3)).isEqualTo((short) 2);
            assertThat(row.getInt(4)).isEqualTo(3);
            assertThat(row.getLong(5)).isEqualTo(4);
            assertThat(row.getDouble(6)).isEqualTo(0.1);
            assertThat(row.getDouble(7)).isEqualTo(0.25);
            assertThat(row.getBigDecimal(8)).isEqualTo(new BigDecimal("1.50"));
            assertThat(row.getString(9)).isEqualTo("it's");
            assertThat(row.getDate(10)).isEqualTo(Date.valueOf("2026-01-02"));
            assertThat(row.getTimestamp(11)).isEqualTo(Timestamp.valueOf("2026-01-02 03:04:05.678"));
            assertThat((byte[]) row.getObject(12)).containsExactly('a', 'b');
            assertThat(row.getString(13)).isEqualTo("[\"x\",null]");
            assertThat(row.getObject(14)).isNull();
            assertThat(row.getObject(15)).isNull();
            assertThat(row.getMetaData().getColumnType(8)).isEqualTo(Types.DECIMAL);
            assertThat(row.getMetaData().getPrecision(8)).isEqualTo(10);
            assertThat(row.getMetaData().getScale(8)).isEqualTo(2);
            assertThat(row.getMetaData().getColumnType(11)).isEqualTo(Types.TIMESTAMP);
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void viewsOfTheCycleAreRead() throws SQLException {
        assertThat(texts("SELECT technique FROM default.v_leaderboard ORDER BY technique"))
                .containsExactlyElementsOf(TinyWorld.TECHNIQUES);
    }

    @Test
    void aLargeResultComesWhole() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM range(10000)")) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            assertThat(sum).isEqualTo(49_995_000);
        }
    }

    @Test
    void questionMarksOfAPreparedStatementAreFilledIn() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT DISTINCT technique FROM trials WHERE technique = ? AND trial < ?")) {
            statement.setString(1, TinyWorld.TECHNIQUES.get(0));
            statement.setInt(2, TinyWorld.TRIALS);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(texts(rows, 1)).containsExactly(TinyWorld.TECHNIQUES.get(0));
            }
        }
    }

    @Test
    void toolsSeeTheTablesTheirColumnsAndKeys() throws SQLException {
        var data = connection.getMetaData();
        assertThat(data.getDatabaseProductName()).isEqualTo("Spark SQL");
        assertThat(texts(data.getSchemas(), 1)).containsExactly("default");
        assertThat(texts(data.getTables(null, "default", "trial%", new String[] {"TABLE"}), 3))
                .containsExactly("trial_models", "trials");
        assertThat(texts(data.getTables(null, null, "v\\_leader%", null), 4)).containsExactly("VIEW");
        assertThat(texts(data.getColumns(null, "default", "v_throughput", "%"), 4))
                .containsExactly("cycle", "technique_model_pairs", "models", "techniques_per_model");
        assertThat(texts(data.getColumns(null, "default", "trials", "mu"), 12))
                .containsExactly("weighted mean of the models' deltas (Eq. 3); empty when a model failed or was skipped"
                        + " (percent NE)");
        assertThat(texts(data.getPrimaryKeys(null, "default", "trials"), 4))
                .containsExactly("study_id", "technique", "trial");
        assertThat(texts(data.getTypeInfo(), 1)).contains("BOOLEAN", "DECIMAL", "TIMESTAMP");
        assertThat(texts(data.getFunctions(null, null, "%"), 1)).isEmpty();
    }

    @Test
    void whatDoesMoreThanReadIsRefused() {
        for (String statement : List.of(
                "INSERT INTO trials SELECT * FROM trials",
                "DROP TABLE trials",
                "SELECT * FROM text.`/etc/hostname`",
                "ADD JAR /nowhere.jar",
                "SELECT java_method('java.lang.System', 'nanoTime')")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> texts(statement))
                    .withMessageContaining("allowed: ")
                    .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("42000"));
        }
    }

    @Test
    void aPortInUseAndAHostForOthersAreRefused() {
        CommandRun.onTinyWorld(
                        List.of("serve-sql", "--host", "0.0.0.0"), TinyWorld.warehouse(TinyWorld.fresh("never-made")))
                .refusesInput("--host is 0.0.0.0", "--password-file");
        String port = url.replaceFirst(".*:(\\d+)/.*", "$1");
        CommandRun.onTinyWorld(List.of("serve-sql", "--port", port), TinyWorld.warehouse(TinyWorld.fresh("never-made")))
                .refusesInput("port " + port, "allowed: ");
    }

    private List<String> texts(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return texts(rows, 1);
        }
    }

    private static List<String> texts(ResultSet rows, int column) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            texts.add(rows.getString(column));
        }
        return texts;
    }
}
