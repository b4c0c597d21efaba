package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.time.Duration;

/**
 * A column that is made of the logs' own earlier rows: for each row the last events of its user, or of another key, that were known by then.
 *
 * @param name of the column
 * @param of SQL expression of what is kept of an event, a single value
 * @param when SQL condition on the rows that are events
 * @param by SQL expression of whose events they are
 * @param window how far back events are looked for, above zero
 * @param delay how long it takes until an event is known
 * @param maxLength events that are kept, the most recent ones
 */
public record HistoryConfiguration(
        String name, String of, String when, String by, Duration window, Duration delay, int maxLength) {
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double MILLIS_PER_MINUTE = 60_000;

    /** Reads one of {@code input.histories}; without {@code by} events are those of the {@code unit}. */
    static HistoryConfiguration read(String name, ConfigSection section, String unit) {
        return new HistoryConfiguration(
                name,
                section.string("of"),
                section.string("when", "true"),
                section.string("by", unit),
                millis(section.real("window-hours", 720, hours -> hours > 0, "above 0"), MILLIS_PER_HOUR),
                millis(section.real("delay-minutes", 0, minutes -> minutes >= 0, "0 or more"), MILLIS_PER_MINUTE),
                section.integer("max-length", 50, length -> length >= 1, "1 or more"));
    }

    private static Duration millis(double number, double each) {
        return Duration.ofMillis(Math.round(number * each));
    }

    /** Its key in the configuration. */
    String key() {
        return "input.histories." + name;
    }
}
