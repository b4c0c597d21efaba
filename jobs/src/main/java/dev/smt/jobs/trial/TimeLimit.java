package dev.smt.jobs.trial;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that opened it when it takes too long. A thread that does not end even then hangs in native code,
 * which only the end of its process stops.
 */
final class TimeLimit implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread worker = Thread.currentThread();
    private final Duration limit;
    private final Duration patience;
    private final Runnable whenItHangs;
    private boolean reached;
    private boolean closed;

    /**
     * A limit on what this thread does until it is closed.
     *
     * @param patience with a thread that was interrupted
     * @param whenItHangs is run when the patience is over
     */
    TimeLimit(Duration limit, Duration patience, Runnable whenItHangs) {
        this.limit = limit;
        this.patience = patience;
        this.whenItHangs = whenItHangs;
        Thread watch = new Thread(this::watch, "time limit of " + worker.getName());
        watch.setDaemon(true);
        watch.start();
    }

    /** Whether the thread was interrupted by this. */
    synchronized boolean reached() {
        return reached;
    }

    /** Afterwards the thread is as it was, where only this interrupted it. */
    @Override
    public synchronized void close() {
        closed = true;
        done.countDown();
        if (reached) {
            Thread.interrupted();
        }
    }

    private void watch() {
        try {
            if (done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            interrupt();
            if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                whenItHangs.run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interrupt() {
        if (!closed) {
            reached = true;
            worker.interrupt();
        }
    }
}
