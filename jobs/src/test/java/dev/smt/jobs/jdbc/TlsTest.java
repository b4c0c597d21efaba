package dev.smt.jobs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.table.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.thrift.TException;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are encrypted, with a certificate that is made for the test. */
class TlsTest {
    private static final String PASSWORD = "a-long-password";
    private static final Map<String, String> ENVIRONMENT = Map.of(Tls.PASSWORD_VARIABLE, PASSWORD);

    @TempDir
    private static Path folder;

    private static Path keyStore;

    @BeforeAll
    static void makeAKeyWithItsCertificate() throws IOException, InterruptedException {
        keyStore = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @Test
    void aClientReadsRowsOverTlsAndIsToldToInTheAddress() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        try (JdbcServer server = server(warehouse)) {
            assertThat(server.url()).endsWith("/default;ssl=true");
            try (ThriftClient client = ThriftClient.over(new TSocket(trusting(server)), "ann", "any")) {
                client.open(new TOpenSessionReq());
                assertThat(client.rows("SELECT 6 * 7")).containsExactly(List.of(42));
            }
        }
    }

    @Test
    void aClientWithoutTlsIsTurnedAwayAndOthersGoOn() throws Exception {
        try (JdbcServer server = server(folder.resolve("other"))) {
            assertThatExceptionOfType(TTransportException.class)
                    .isThrownBy(() -> ThriftClient.with(server, "ann", "any").close());
            try (ThriftClient client = ThriftClient.over(new TSocket(trusting(server)), "ann", "any")) {
                client.open(new TOpenSessionReq());
                assertThat(client.rows("SELECT 1")).containsExactly(List.of(1));
            }
        }
    }

    @Test
    void aKeyStoreWithoutItsPasswordIsRefusedWithTheMend() {
        refused(keyStore, Map.of(), "SMT_TLS_PASSWORD is not set");
        refused(keyStore, Map.of(Tls.PASSWORD_VARIABLE, "wrong"), "password");
    }

    @Test
    void whatIsNoKeyStoreWithAKeyIsRefused() throws Exception {
        refused(folder.resolve("nothing.p12"), ENVIRONMENT, "allowed: a key store");
        Path text = Files.writeString(folder.resolve("text.p12"), "a text");
        refused(text, ENVIRONMENT, "allowed: a key store");
        KeyStore store = certificates();
        Path trust = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(trust)) {
            store.store(out, PASSWORD.toCharArray());
        }
        refused(trust, ENVIRONMENT, "it has no private key");
    }

    private static void refused(Path store, Map<String, String> environment, String why) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Tls.of(store, environment))
                .withMessageContaining("--tls-keystore is " + store)
                .withMessageContaining(why)
                .withMessageNotContaining(PASSWORD);
    }

    private static JdbcServer server(Path warehouse) {
        return JdbcServer.start(
                Warehouse.open(TestSpark.session(), warehouse.toString()),
                ListenAddress.of("127.0.0.1", 0, false),
                Passwords.none(),
                Tls.of(keyStore, ENVIRONMENT));
    }

    /** Connected to the server, whose certificate it knows. */
    private static SSLSocket trusting(JdbcServer server) throws IOException, GeneralSecurityException, TException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", ThriftClient.port(server));
    }

    private static KeyStore certificates() throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", own.getCertificate("server"));
        return store;
    }
}
