package dev.smt.jobs.jdbc;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where clients connect.
 *
 * @param host as it was given
 * @param address of the host
 * @param port 0: any that is free
 */
public record ListenAddress(String host, InetAddress address, int port) {
    private static final int LAST_PORT = 65_535;
    private static final int WAITING_CLIENTS = 50;

    /**
     * Checks an address.
     *
     * @param passwords whether clients must have one; without, only clients of this machine may connect
     * @throws InvalidInputException where it is none of this machine, or open to others without passwords
     */
    public static ListenAddress of(String host, int port, boolean passwords) {
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > LAST_PORT) {
            problems.add("--port is " + port + "; allowed: 0 (any that is free) to " + LAST_PORT);
        }
        InetAddress address = InetAddress.getLoopbackAddress();
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            problems.add("--host is " + host
                    + ", which is not known; allowed: a name or an address of this machine, such as" + " 127.0.0.1");
        }
        if (!address.isLoopbackAddress() && !passwords) {
            problems.add("--host is " + host + ", by which other machines reach this one; allowed: 127.0.0.1, or any"
                    + " together with --password-file");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new ListenAddress(host, address, port);
    }

    /** @throws InvalidInputException where the host is not this machine, or the port is in use */
    public ServerSocket bind() {
        ServerSocket socket = null;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), WAITING_CLIENTS);
            return socket;
        } catch (IOException refused) {
            close(socket);
            throw new InvalidInputException("can't listen on " + host + ", port " + port + " (" + refused.getMessage()
                    + "); allowed: --host with an address of this machine, --port with one that no other program has");
        }
    }

    private static void close(ServerSocket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException alreadyUnusable) {
            // It never was in use.
        }
    }
}
