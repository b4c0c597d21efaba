package dev.smt.jobs.lease;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine that this process runs on, for people. */
public final class LocalHost {
    private LocalHost() {}

    /** Its name; "unknown" where it has none that resolves. */
    public static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "unknown";
        }
    }
}
