package dev.smt.jobs.cli;

import dev.smt.jobs.jdbc.JdbcServer;
import dev.smt.jobs.jdbc.ListenAddress;
import dev.smt.jobs.jdbc.Passwords;
import dev.smt.jobs.jdbc.Tls;
import dev.smt.jobs.run.RunContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.util.SignalUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smt serve-sql}: answers BI tools until it is stopped. */
@Command(
        name = "serve-sql",
        mixinStandardHelpOptions = true,
        description =
                "Answers JDBC drivers of Hive (beeline, DBeaver, BI tools) with the result tables and views until it"
                        + " is stopped by Ctrl-C or SIGTERM. Clients can't change anything.",
        footer = {
            "",
            "Examples:",
            "  smt serve-sql --conf conf/demo.conf",
            "  smt serve-sql --conf conf/demo.conf --port 10001",
            "  SMT_TLS_PASSWORD=... smt serve-sql --conf conf/demo.conf --host 0.0.0.0 --password-file users.txt"
                    + " --tls-keystore server.p12"
        })
public final class ServeSqlCommand extends WarehouseCommand {
    private static final List<String> STOP_SIGNALS = List.of("INT", "TERM");

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description =
                    "The address of this machine that clients connect to (default: ${DEFAULT-VALUE}: only from this"
                            + " machine). Any other needs --password-file.")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "10000",
            description = "The port (default: ${DEFAULT-VALUE}; 0: any that is free).")
    private int port;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Lets in only the users of this file: a line user:password for each. Only its owner may be able"
                            + " to read it.")
    private Path passwordFile;

    @Option(
            names = "--tls-keystore",
            paramLabel = "FILE",
            description = "Encrypts all that clients say and get, by TLS with the key and certificate of this key store"
                    + " (PKCS #12 or JKS). The environment variable SMT_TLS_PASSWORD has its password.")
    private Path tlsKeyStore;

    private Passwords passwords;
    private Tls tls;
    private ListenAddress address;

    @Override
    void check(Settings settings) {
        passwords = passwordFile == null ? Passwords.none() : Passwords.read(passwordFile);
        tls = tlsKeyStore == null ? Tls.none() : Tls.of(tlsKeyStore, System.getenv());
        address = ListenAddress.of(host, port, passwords.areNeeded());
        try {
            address.bind().close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    boolean onlyLooks() {
        return true;
    }

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        CountDownLatch stopped = new CountDownLatch(1);
        STOP_SIGNALS.forEach(signal -> SignalUtils.register(signal, () -> {
            stopped.countDown();
            return true;
        }));
        try (JdbcServer server = JdbcServer.start(context.warehouse(), address, passwords, tls)) {
            if (!address.address().isLoopbackAddress() && !tls.isOn()) {
                out.println("warning: passwords and rows cross the network in the clear; --tls-keystore encrypts them");
            }
            out.println("ready: " + server.url() + (passwords.areNeeded() ? " (with a password)" : ""));
            out.flush();
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        out.println("stopped");
    }
}
