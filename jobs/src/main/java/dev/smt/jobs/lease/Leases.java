package dev.smt.jobs.lease;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The leases of a warehouse. */
public final class Leases {
    private static final String FOLDER = "_leases";
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Path root;
    private final Configuration hadoop;
    private final Clock clock;
    private final Duration interval;
    private final Duration silence;
    private final Duration poll;
    private final LongSupplier nanoTime;

    /** The leases of the warehouse in a folder. */
    public Leases(String warehouse, Configuration hadoop, Clock clock) {
        this(warehouse, hadoop, clock, INTERVAL, SILENCE, POLL, System::nanoTime);
    }

    /**
     * Leases with other times.
     *
     * @param interval between two notes of a holder that it lives
     * @param silence after which a holder counts as dead
     * @param poll how often a waiting process looks
     * @param nanoTime by which it measures the silence
     */
    Leases(
            String warehouse,
            Configuration hadoop,
            Clock clock,
            Duration interval,
            Duration silence,
            Duration poll,
            LongSupplier nanoTime) {
        this.root = new Path(warehouse, FOLDER);
        this.hadoop = hadoop;
        this.clock = clock;
        this.interval = interval;
        this.silence = silence;
        this.poll = poll;
        this.nanoTime = nanoTime;
    }

    /**
     * Gets the lease of a piece of work, and waits while another living process holds it.
     *
     * @param name of letters, digits and -
     * @param whenWaiting hears once who holds it
     */
    public Lease hold(String name, Consumer<String> whenWaiting) {
        try {
            LeaseFiles files = new LeaseFiles(root, name, hadoop);
            Watch watch = new Watch(files);
            boolean said = false;
            while (true) {
                OptionalLong last = files.last();
                if (last.isEmpty() || watch.dead(last.getAsLong())) {
                    Holder here = Holder.here(clock.instant().toString());
                    long number = last.orElse(0) + 1;
                    if (files.take(number, here)) {
                        return new Lease(name, files, number, here, interval);
                    }
                } else {
                    if (!said && watch.knowsHolder()) {
                        said = true;
                        whenWaiting.accept(watch.holder);
                    }
                    Thread.sleep(poll.toMillis());
                }
            }
        } catch (IOException failure) {
            throw failed(name, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while it waited for the lease of " + name, stopped);
        }
    }

    /** Who holds the lease of a piece of work, in words; empty where nobody does, or this machine knows that he is gone. */
    public Optional<String> holder(String name) {
        try {
            return new LeaseFiles(root, name, hadoop)
                    .holder()
                    .filter(holder -> !holder.isGone())
                    .map(Holder::text);
        } catch (IOException failure) {
            throw failed(name, failure);
        }
    }

    private UncheckedIOException failed(String name, IOException failure) {
        // Java's own exceptions of files have a message that is the file's name alone.
        return new UncheckedIOException("the lease of " + name + " in " + root + ": " + failure, failure);
    }

    /** What a waiting process has seen of the holder; by its own clock, since machines' clocks differ. */
    private final class Watch {
        private final LeaseFiles files;
        private String seen = "";
        private long since = nanoTime.getAsLong();
        private String holder = "";

        Watch(LeaseFiles files) {
            this.files = files;
        }

        boolean dead(long number) throws IOException {
            String text = files.holder(number).orElse("");
            Optional<Holder> now = Holder.read(text);
            holder = now.map(Holder::text).orElse(holder);
            if (now.map(Holder::isGone).orElse(false)) {
                return true;
            }
            String note = now.isPresent() ? files.lastNote(now.get().owner()).orElse("") : "";
            String state = number + "\n" + text + "\n" + note;
            if (!state.equals(seen)) {
                seen = state;
                since = nanoTime.getAsLong();
            }
            return nanoTime.getAsLong() - since > silence.toNanos();
        }

        boolean knowsHolder() {
            return !holder.isEmpty();
        }
    }
}
