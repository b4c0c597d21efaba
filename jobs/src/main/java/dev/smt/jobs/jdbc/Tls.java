package dev.smt.jobs.jdbc;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Whether what clients say and get is encrypted: by TLS, with a certificate of the server's own, or not at all. */
public final class Tls {
    /** The environment variable with the key store's password. */
    public static final String PASSWORD_VARIABLE = "SMT_TLS_PASSWORD";

    private final Optional<SSLContext> context;

    private Tls(Optional<SSLContext> context) {
        this.context = context;
    }

    /** Nothing is encrypted. */
    public static Tls none() {
        return new Tls(Optional.empty());
    }

    /**
     * With the key and the certificate of a key store.
     *
     * @param keyStore PKCS #12 or JKS
     * @param environment has its password, which is the key's too
     * @throws InvalidInputException where there is no password, it is wrong, or the file has no key
     */
    public static Tls of(Path keyStore, Map<String, String> environment) {
        String password = Optional.ofNullable(environment.get(PASSWORD_VARIABLE))
                .orElseThrow(() -> new InvalidInputException("--tls-keystore is " + keyStore
                        + ", and the environment variable " + PASSWORD_VARIABLE
                        + " is not set; set it to the key store's password"));
        try {
            return new Tls(Optional.of(context(keyStore, password.toCharArray())));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw new InvalidInputException("--tls-keystore is " + keyStore + ", which can't be used ("
                    + unusable.getMessage()
                    + "); allowed: a key store of PKCS #12 or JKS with a key and its certificate,"
                    + " whose password is in " + PASSWORD_VARIABLE);
        }
    }

    private static SSLContext context(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file.toFile(), password);
        boolean hasKey = false;
        for (String alias : Collections.list(store.aliases())) {
            hasKey |= store.isKeyEntry(alias);
        }
        if (!hasKey) {
            throw new IllegalArgumentException("it has no private key");
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Whether clients must speak TLS. */
    public boolean isOn() {
        return context.isPresent();
    }

    /** What is said over a client's socket; the two agree on their keys at the first byte that is read. */
    Socket over(Socket client) throws IOException {
        if (context.isEmpty()) {
            return client;
        }
        SSLSocket secure =
                (SSLSocket) context.get().getSocketFactory().createSocket(client, null, client.getPort(), true);
        secure.setUseClientMode(false);
        return secure;
    }
}
