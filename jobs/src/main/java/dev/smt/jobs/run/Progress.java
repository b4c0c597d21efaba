package dev.smt.jobs.run;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Tells the user how far a step is: done/total, rate, time left. On a terminal one line that changes; elsewhere a plain
 * line now and then. Several threads may tell at once.
 */
public final class Progress {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(20);

    private final PrintWriter out;
    private final boolean terminal;
    private final Clock clock;

    public Progress(PrintWriter out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** One line of text. */
    public void say(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    /** Starts counting: {@code what} names the things counted, such as "trainings". */
    public Counter count(String what, long total) {
        return new Counter(what, total, clock.instant());
    }

    /** A running count of one kind of work. */
    public final class Counter implements AutoCloseable {
        private final String what;
        private final long total;
        private final Instant start;
        private Instant shown;
        private long done;

        private Counter(String what, long total, Instant start) {
            this.what = what;
            this.total = total;
            this.start = start;
            this.shown = start;
        }

        /** Notes that so many more are done. */
        public synchronized void add(long more) {
            done += more;
            Instant now = clock.instant();
            if (terminal) {
                out.print("\r\u001b[K" + text(now));
                out.flush();
            } else if (Duration.between(shown, now).compareTo(PLAIN_INTERVAL) >= 0) {
                shown = now;
                say(text(now));
            }
        }

        @Override
        public synchronized void close() {
            if (terminal) {
                out.print("\r\u001b[K");
                out.flush();
            }
            if (total > 0) {
                say(text(clock.instant()));
            }
        }

        private String text(Instant now) {
            double seconds = Math.max(0.001, Duration.between(start, now).toMillis() / 1000.0);
            double rate = done / seconds;
            String left = done == 0 || done >= total ? "" : ", about " + span((total - done) / rate) + " left";
            return String.format(
                    Locale.ROOT, "  %d/%d %s, %.1f per second, %s%s", done, total, what, rate, span(seconds), left);
        }
    }

    /** A length of time in words, such as 2m 05s. */
    public static String span(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + "s" : String.format(Locale.ROOT, "%dm %02ds", whole / 60, whole % 60);
    }
}
