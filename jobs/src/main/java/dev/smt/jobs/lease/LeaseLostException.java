package dev.smt.jobs.lease;

/** Another process took this one for dead and does its work now. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String name, String by) {
        super("this process no longer holds the lease of " + name + ": it was silent for too long and " + by
                + " took over; nothing more is written here, and what that one does is in the same tables");
    }
}
