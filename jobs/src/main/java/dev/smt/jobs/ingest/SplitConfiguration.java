package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** How rows are split by their time: training rows are the earliest, test rows the latest. */
public sealed interface SplitConfiguration {

    /** Validation rows begin at the first instant, test rows at the second. */
    record TimeBounds(Instant validationFrom, Instant testFrom) implements SplitConfiguration {
        public TimeBounds {
            if (!validationFrom.isBefore(testFrom)) {
                throw new IllegalArgumentException(
                        "validation-from " + validationFrom + " is not before test-from " + testFrom);
            }
        }
    }

    /**
     * The last shares of the time range, or of the rows in the order of time.
     *
     * @param ofRows of the rows; else of the time range
     * @param validation above 0
     * @param test above 0; both together below 1
     */
    record Shares(boolean ofRows, double validation, double test) implements SplitConfiguration {
        public Shares {
            if (!(validation > 0 && test > 0 && validation + test < 1)) {
                throw new IllegalArgumentException("shares are validation " + validation + ", test " + test
                        + "; allowed: each above 0, both together below 1");
            }
        }
    }

    /** Reads {@code input.split}. */
    static SplitConfiguration read(ConfigSection section) {
        boolean bounds = section.has("validation-from") || section.has("test-from");
        boolean shares = section.has("validation-share") || section.has("test-share") || section.has("by");
        if (bounds == shares) {
            section.problems()
                    .add(section.fullKey("validation-from") + ": give either validation-from and test-from,"
                            + " or by (time-range, rows), validation-share and test-share");
        }
        try {
            SplitConfiguration byShares = readShares(section);
            return bounds ? readBounds(section) : byShares;
        } catch (IllegalArgumentException wrong) {
            section.problems()
                    .add(section.fullKey(bounds ? "validation-from" : "validation-share") + ": " + wrong.getMessage());
            return new Shares(false, 0.1, 0.1);
        }
    }

    private static SplitConfiguration readShares(ConfigSection section) {
        String by = section.choice("by", List.of("time-range", "rows"), "time-range");
        return new Shares(
                by.equals("rows"),
                section.real("validation-share", 0.1, share -> share > 0 && share < 1, "above 0 and below 1"),
                section.real("test-share", 0.1, share -> share > 0 && share < 1, "above 0 and below 1"));
    }

    private static SplitConfiguration readBounds(ConfigSection section) {
        Instant validationFrom = instant(section, "validation-from", Instant.EPOCH);
        Instant testFrom = instant(section, "test-from", Instant.MAX);
        return new TimeBounds(validationFrom, testFrom);
    }

    private static Instant instant(ConfigSection section, String key, Instant fallback) {
        String text = section.string(key);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            if (text.length() <= "2022-05-04".length()) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            String iso = text.replace(' ', 'T');
            return iso.matches(".*T.*(Z|[+-]\\d\\d:?\\d*)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException wrong) {
            section.problems()
                    .add(
                            section.fullKey(key),
                            text,
                            "a date or time such as 2022-05-04, 2022-05-04T12:00 (UTC) or" + " 2022-05-04T12:00+08:00");
            return fallback;
        }
    }
}
