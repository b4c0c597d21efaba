package dev.smt.jobs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.table.EffortRow;
import dev.smt.jobs.table.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.hive.service.rpc.thrift.TGetDelegationTokenReq;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.hive.service.rpc.thrift.TOperationHandle;
import org.apache.hive.service.rpc.thrift.TOperationState;
import org.apache.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.hive.service.rpc.thrift.TStatus;
import org.apache.hive.service.rpc.thrift.TStatusCode;
import org.apache.spark.sql.SparkSession;
import org.apache.thrift.TException;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does call by call; that Hive's own driver understands it: ServeSqlIT. */
class JdbcServerTest {
    private static final SparkSession SPARK = TestSpark.session();
    private static final ListenAddress ANY_PORT = ListenAddress.of("127.0.0.1", 0, false);
    /** It would take days, and leaves a core to others. */
    private static final String LONG = "SELECT count(*) FROM range(0, 1000000000000000, 1, 1) WHERE id % 7 = 3";

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;
    private static JdbcServer server;

    @BeforeAll
    static void aServerOnATinyWarehouse() {
        warehouse = Warehouse.open(SPARK, folder.resolve("warehouse").toString());
        warehouse.append(
                EffortRow.TABLE,
                List.of(new EffortRow(
                        "run", Instant.EPOCH, "templates", OptionalInt.empty(), "training", 2.5, 4, Optional.empty())));
        server = JdbcServer.start(warehouse, ANY_PORT, Passwords.none(), Tls.none());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void readsTablesWithAndWithoutTheSchema() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            assertThat(client.rows("SELECT way, hours FROM effort")).containsExactly(List.of("templates", 2.5));
            assertThat(client.rows("SELECT e.way FROM `default`.`effort` e")).containsExactly(List.of("templates"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO effort SELECT * FROM effort",
                "DROP TABLE effort",
                "CREATE TABLE t (a INT)",
                "SELECT * FROM text.`%s/secret.txt`",
                "SELECT * FROM default.text.`%s/secret.txt`",
                "ADD JAR '%s/secret.txt'",
                "SELECT java_method('java.lang.System', 'getProperty', 'user.home')",
                "SELECT '${env:PATH}'",
                "SET spark.sql.variable.substitute=true",
                "SHOW TABLES IN default; DROP TABLE effort",
                "DESCRIBE nothing",
                "SELEKT 1",
            })
    void refusesWhateverDoesMoreThanRead(String statement) throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TStatus status =
                    client.execute(statement.replace("%s", folder.toString())).getStatus();
            assertThat(status.getStatusCode()).isEqualTo(TStatusCode.ERROR_STATUS);
            assertThat(status.getSqlState()).isEqualTo("42000");
            assertThat(status.getErrorMessage()).isNotBlank().doesNotContain("\tat ");
            assertThat(client.rows("SELECT count(*) FROM effort")).containsExactly(List.of(1L));
        }
    }

    @Test
    void aFailureWhileItRunsIsOneMessageWithItsCode() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TGetOperationStatusResp ended = client.end(client.start("SELECT raise_error('too bad') FROM effort"));
            assertThat(ended.getOperationState()).isEqualTo(TOperationState.ERROR_STATE);
            assertThat(ended.getSqlState()).isEqualTo("P0001");
            assertThat(ended.getErrorMessage()).contains("too bad").doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SHOW TABLES LIKE 'eff*' | [[default, effort, false]]",
                "show tables in default 'eff*'; | [[default, effort, false]]",
                "SHOW VIEWS LIKE 'v_eff*' | [[default, v_effort, false]]",
                "SHOW DATABASES | [[default]]",
                "SHOW SCHEMAS LIKE 'x*' | []",
                "SHOW COLUMNS IN default.v_throughput | [[cycle], [technique_model_pairs], [models], [techniques_per_model]]",
                "DESCRIBE TABLE EXTENDED `default`.`v_throughput` | [[cycle, int, ], [technique_model_pairs, bigint, ],"
                        + " [models, bigint, ], [techniques_per_model, double, ]]",
                "SET -v | []",
                "SELECT current_database() | [[default]]",
            })
    void toolsFindTheirWay(String statement, String rows) throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            assertThat(client.rows(statement)).hasToString(rows);
        }
    }

    @Test
    void theOnlySchemaCanBeUsed() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            assertThat(client.execute("USE `default`").getOperationHandle().isHasResultSet())
                    .isFalse();
            assertThat(client.execute("USE other").getStatus().getSqlState()).isEqualTo("3F000");
            TOpenSessionReq other = new TOpenSessionReq();
            other.setConfiguration(Map.of("use:database", "other"));
            assertThat(client.calls().OpenSession(other).getStatus().getErrorMessage())
                    .isEqualTo("there is no schema \"other\"; the only one is default");
        }
    }

    @Test
    void aLargeResultComesInPieces() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TOperationHandle handle = client.start("SELECT id FROM range(0, 2500, 1, 1)");
            assertThat(sizes(client, handle, 5_000)).containsExactly(1000, 1000, 500, 0);
            TOperationHandle again = client.start("SELECT id FROM range(0, 2500, 1, 3)");
            assertThat(client.rows(again))
                    .containsExactlyElementsOf(LongStream.range(0, 2500)
                            .mapToObj(id -> List.<Object>of(id))
                            .toList());
        }
    }

    @Test
    void wideRowsComeInSmallerPieces() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TOperationHandle handle = client.start("SELECT repeat('x', 3000000) FROM range(0, 7, 1, 1)");
            assertThat(sizes(client, handle, 1_000)).containsExactly(3, 3, 1, 0);
        }
    }

    private static List<Integer> sizes(ThriftClient client, TOperationHandle handle, int most) throws TException {
        List<Integer> sizes = new ArrayList<>();
        do {
            sizes.add(ThriftClient.rows(client.fetch(handle, most).getResults()).size());
        } while (sizes.get(sizes.size() - 1) > 0);
        return sizes;
    }

    @Test
    void aResultIsReadForwardOnce() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TOperationHandle handle = client.start("SELECT id FROM range(5)");
            client.fetch(handle, 1);
            TStatus again = client.calls()
                    .FetchResults(new TFetchResultsReq(handle, TFetchOrientation.FETCH_FIRST, 1))
                    .getStatus();
            assertThat(again.getSqlState()).isEqualTo("0A000");
        }
    }

    @Test
    void aCanceledQueryStopsItsJobs() throws TException, InterruptedException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TOperationHandle handle = client.start(LONG);
            waitFor(JdbcServerTest::jobsRun);
            client.calls().CancelOperation(new TCancelOperationReq(handle));
            assertThat(client.end(handle).getOperationState()).isEqualTo(TOperationState.CANCELED_STATE);
            assertThat(client.fetch(handle, 1).getStatus().getSqlState()).isEqualTo("HY008");
            waitFor(() -> !jobsRun());
        }
    }

    @Test
    void aClosedStatementStopsItsJobs() throws TException, InterruptedException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TOperationHandle handle = client.start(LONG);
            waitFor(JdbcServerTest::jobsRun);
            client.calls().CloseOperation(new TCloseOperationReq(handle));
            waitFor(() -> !jobsRun());
            assertThat(client.calls()
                            .GetOperationStatus(new TGetOperationStatusReq(handle))
                            .getStatus()
                            .getErrorMessage())
                    .contains("there is no such statement");
        }
    }

    @Test
    void aClientThatIsGoneLeavesNoJobs() throws TException, InterruptedException {
        try (ThriftClient client = ThriftClient.of(server)) {
            client.start(LONG);
            waitFor(JdbcServerTest::jobsRun);
        }
        waitFor(() -> !jobsRun());
    }

    @Test
    void aQueryEndsAtItsClientsLimit() throws TException, InterruptedException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TExecuteStatementReq request = client.request(LONG);
            request.setQueryTimeout(1);
            TGetOperationStatusResp ended =
                    client.end(client.calls().ExecuteStatement(request).getOperationHandle());
            assertThat(ended.getOperationState()).isEqualTo(TOperationState.TIMEDOUT_STATE);
            assertThat(ended.getSqlState()).isEqualTo("HYT00");
            waitFor(() -> !jobsRun());
        }
    }

    @Test
    void clientsDoNotWaitForEachOtherNorReachEachOthersStatements() throws TException, InterruptedException {
        try (ThriftClient first = ThriftClient.of(server);
                ThriftClient second = ThriftClient.of(server)) {
            TOperationHandle handle = first.start(LONG);
            waitFor(JdbcServerTest::jobsRun);
            assertThat(second.rows("SELECT 1")).containsExactly(List.of(1));
            assertThat(second.fetch(handle, 1).getStatus().getErrorMessage()).contains("there is no such statement");
            assertThat(second.calls()
                            .ExecuteStatement(new TExecuteStatementReq(first.session(), "SELECT 1"))
                            .getStatus()
                            .getSqlState())
                    .isEqualTo("08003");
        }
        waitFor(() -> !jobsRun());
    }

    @Test
    void aClientThatNeverClosesItsStatementsIsTold() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            for (int i = 0; i < 100; i++) {
                client.execute("SHOW DATABASES");
            }
            TExecuteStatementResp refused = client.execute("SHOW DATABASES");
            assertThat(refused.getStatus().getSqlState()).isEqualTo("53000");
            assertThat(refused.getStatus().getErrorMessage()).contains("100 open statements");
        }
    }

    @Test
    void resultsAndConnectionsThatNobodyUsesAreClosed() throws Exception {
        JdbcServer.Clients soon =
                new JdbcServer.Clients(Passwords.none(), Tls.none(), Duration.ofSeconds(3), Duration.ofMillis(100));
        try (JdbcServer impatient = JdbcServer.start(warehouse, ANY_PORT, soon)) {
            try (ThriftClient client = ThriftClient.of(impatient)) {
                TOperationHandle handle = client.start("SELECT id FROM range(5000)");
                TimeUnit.SECONDS.sleep(1);
                assertThat(client.fetch(handle, 1).getStatus().getErrorMessage())
                        .contains("not used for long");
                assertThat(client.socket().getInputStream().read()).as("end").isEqualTo(-1);
            }
        }
    }

    @Test
    void onlyUsersWithTheirPasswordMayConnect() throws TException, IOException {
        Path file = Files.writeString(folder.resolve("users"), "ann:one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (JdbcServer guarded = JdbcServer.start(warehouse, ANY_PORT, Passwords.read(file), Tls.none())) {
            try (ThriftClient client = ThriftClient.with(guarded, "ann", "one")) {
                assertThat(client.open(new TOpenSessionReq()).getStatus().getStatusCode())
                        .isEqualTo(TStatusCode.SUCCESS_STATUS);
            }
            assertThatExceptionOfType(TTransportException.class)
                    .isThrownBy(() -> ThriftClient.with(guarded, "ann", "two"))
                    .withMessageContaining("user or password is wrong");
            try (ThriftClient client = ThriftClient.withoutSasl(guarded)) {
                TStatus status = client.open(new TOpenSessionReq()).getStatus();
                assertThat(status.getSqlState()).isEqualTo("28000");
                assertThat(status.getErrorMessage()).contains("without auth=noSasl");
            }
        }
    }

    @Test
    void withoutPasswordsClientsNeedNoSasl() throws TException {
        try (ThriftClient client = ThriftClient.withoutSasl(server)) {
            client.open(new TOpenSessionReq());
            assertThat(client.rows("SELECT 1")).containsExactly(List.of(1));
        }
    }

    @Test
    void whatIsNotOfferedIsRefusedInWords() throws TException {
        try (ThriftClient client = ThriftClient.of(server)) {
            TOpenSessionReq old = new TOpenSessionReq();
            old.setClient_protocol(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V5);
            assertThat(client.calls().OpenSession(old).getStatus().getErrorMessage())
                    .contains("the driver is too old");
            assertThat(client.calls()
                            .GetDelegationToken(new TGetDelegationTokenReq(client.session(), "a", "b"))
                            .getStatus()
                            .getErrorMessage())
                    .isEqualTo("delegation tokens are not supported");
        }
    }

    @Test
    void theServersEndIsTheClientsEnd() throws Exception {
        JdbcServer ending = JdbcServer.start(warehouse, ANY_PORT, Passwords.none(), Tls.none());
        try (ThriftClient client = ThriftClient.of(ending)) {
            client.start(LONG);
            waitFor(JdbcServerTest::jobsRun);
            ending.close();
            assertThat(client.socket().getInputStream().read()).as("end").isEqualTo(-1);
        }
        waitFor(() -> !jobsRun());
    }

    private static boolean jobsRun() {
        return SPARK.sparkContext().statusTracker().getActiveJobIds().length > 0;
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
