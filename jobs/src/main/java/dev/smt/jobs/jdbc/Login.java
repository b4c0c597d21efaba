package dev.smt.jobs.jdbc;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.Security;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.AuthorizeCallback;
import org.apache.hadoop.security.SaslPlainServer;
import org.apache.thrift.transport.TSaslServerTransport;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;

/**
 * How a client begins: with SASL's mechanism PLAIN, which is the drivers' default and says a user and a password, or without
 * ({@code auth=noSasl} in its URL).
 *
 * @param transport for the calls that follow
 * @param user who has shown to be one; none where the client said nothing of itself
 */
record Login(TTransport transport, Optional<String> user) {
    private static final String MECHANISM = "PLAIN";
    /** The first byte of a SASL negotiation; a call begins with another. */
    private static final int SASL_START = 1;
    /** Bytes of a call. */
    private static final int LONGEST_CALL = 16 << 20;

    /** Makes the mechanism known to Java, which has only a client's half of it. */
    static void prepare() {
        Security.addProvider(new SaslPlainServer.SecurityProvider());
    }

    /**
     * Hears a client.
     *
     * @throws TTransportException where the client is gone, or its user and password are wrong
     */
    static Login of(Socket client, Passwords passwords) throws TTransportException, IOException {
        PeekedSocket socket = new PeekedSocket(client);
        if (!socket.beginsWith(SASL_START)) {
            return new Login(socket, Optional.empty());
        }
        PasswordCheck check = new PasswordCheck(passwords);
        TSaslServerTransport transport = new SaslTransport(check, socket);
        transport.open();
        return new Login(transport, Optional.of(check.user));
    }

    /** A socket that can be looked at before it is read. */
    private static final class PeekedSocket extends TSocket {
        PeekedSocket(Socket client) throws TTransportException {
            super(client);
            getConfiguration().setMaxMessageSize(LONGEST_CALL);
            resetConsumedMessageSize(-1);
        }

        boolean beginsWith(int first) throws IOException {
            BufferedInputStream bytes = (BufferedInputStream) inputStream_;
            bytes.mark(1);
            int found = bytes.read();
            bytes.reset();
            return found == first;
        }
    }

    /** Takes no call that is longer than it may be. */
    private static final class SaslTransport extends TSaslServerTransport {
        SaslTransport(CallbackHandler check, TTransport socket) throws TTransportException {
            super(MECHANISM, null, null, Map.of(), check, socket);
        }

        @Override
        protected int readLength() throws TTransportException {
            int length = super.readLength();
            if (length > LONGEST_CALL) {
                throw new TTransportException("a call of " + length + " bytes; allowed: " + LONGEST_CALL);
            }
            return length;
        }
    }

    private static final class PasswordCheck implements CallbackHandler {
        private final Passwords passwords;
        private String user = "";

        PasswordCheck(Passwords passwords) {
            this.passwords = passwords;
        }

        @Override
        public void handle(Callback[] callbacks) throws AuthenticationException, UnsupportedCallbackException {
            char[] password = {};
            AuthorizeCallback authorization = null;
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    user = name.getName();
                } else if (callback instanceof PasswordCallback secret) {
                    password = secret.getPassword();
                } else if (callback instanceof AuthorizeCallback asked) {
                    authorization = asked;
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
            if (!passwords.accept(user, password)) {
                throw new AuthenticationException("user or password is wrong");
            }
            if (authorization != null) {
                if (!authorization.getAuthorizationID().equals(user)) {
                    throw new AuthenticationException("a user can't act as another");
                }
                authorization.setAuthorized(true);
            }
        }
    }
}
