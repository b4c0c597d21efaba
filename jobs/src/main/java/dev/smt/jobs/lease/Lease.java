package dev.smt.jobs.lease;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease that this process holds; it notes that it lives until this is closed. */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final String name;
    private final LeaseFiles files;
    private final long number;
    private final Holder holder;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread notes;

    Lease(String name, LeaseFiles files, long number, Holder holder, Duration interval) {
        this.name = name;
        this.files = files;
        this.number = number;
        this.holder = holder;
        this.notes = new Thread(() -> keepNoting(interval), "lease " + name);
        notes.setDaemon(true);
        notes.start();
    }

    /**
     * To be called before what was done is written.
     *
     * @throws LeaseLostException when another process holds the lease now
     */
    public void require() {
        try {
            Optional<Holder> now = files.holder();
            if (!now.map(Holder::owner).equals(Optional.of(holder.owner()))) {
                throw new LeaseLostException(name, now.map(Holder::text).orElse("another process"));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How often the lease was taken, this time included: 1 unless a holder died. */
    public long number() {
        return number;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            notes.join();
            require();
            files.clear(number);
        } catch (LeaseLostException taken) {
            LOG.warn("{}", taken.getMessage());
        } catch (IOException | UncheckedIOException left) {
            LOG.warn("the files of the lease {} stay behind; the next process replaces them", name, left);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepNoting(Duration interval) {
        boolean open = true;
        for (long count = 1; open; count++) {
            try {
                files.noteAlive(number, holder.owner(), count);
            } catch (IOException missed) {
                LOG.warn("the lease {}: this process could not note that it lives", name, missed);
            }
            try {
                open = !closed.await(interval.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }
}
