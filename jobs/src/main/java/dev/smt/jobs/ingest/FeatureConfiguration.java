package dev.smt.jobs.ingest;

import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.ConfigSection;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A feature and where it comes from.
 *
 * @param name unique
 * @param type the type by which top-K selection counts it
 * @param side user, item or context
 * @param sql its raw value, over the columns of the joined logs
 * @param encoding how it is encoded
 */
public record FeatureConfiguration(
        String name, FeatureType type, FeatureSide side, String sql, FeatureEncoding encoding) implements Serializable {
    private static final List<String> TYPES = labels(FeatureType.values());
    private static final List<String> SIDES = labels(FeatureSide.values());
    private static final List<String> VALUES = List.of("number", "id", "sequence", "vector");

    /** Reads one feature of {@code input.features}. */
    public static FeatureConfiguration read(String name, ConfigSection section) {
        FeatureType type =
                FeatureType.valueOf(Keys.requiredChoice(section, "type", TYPES).toUpperCase(Locale.ROOT));
        FeatureSide side =
                FeatureSide.valueOf(Keys.requiredChoice(section, "side", SIDES).toUpperCase(Locale.ROOT));
        return new FeatureConfiguration(
                name, type, side, section.string("sql", Keys.quoted(name)), encoding(section, type));
    }

    private static FeatureEncoding encoding(ConfigSection section, FeatureType type) {
        String usual =
                switch (type) {
                    case NUMERIC, EMBEDDING -> "number";
                    case EVENT -> "sequence";
                    case ID, TRANSFORM, OTHER -> "id";
                };
        return switch (section.choice("values", VALUES, usual)) {
            case "number" -> new FeatureEncoding.Number(section.choice("transform", List.of("none", "log1p"), "none")
                    .equals("log1p"));
            case "sequence" -> new FeatureEncoding.Sequence(
                    ids(section),
                    section.integer("max-length", 50, length -> length >= 1, "1 or more"),
                    section.choice("order", List.of("recent-first", "oldest-first"), "recent-first")
                            .equals("oldest-first"));
            case "vector" -> new FeatureEncoding.Vector(width(section));
            default -> new FeatureEncoding.Id(ids(section));
        };
    }

    private static int width(ConfigSection section) {
        if (!section.has("width")) {
            section.problems().add(section.fullKey("width") + " is missing; allowed: a whole number, 1 or more");
        }
        return section.integer("width", 1, width -> width >= 1, "1 or more");
    }

    private static FeatureEncoding.IdEncoding ids(ConfigSection section) {
        String encoding = section.choice("encoding", List.of("vocabulary", "hashing"), "vocabulary");
        if (encoding.equals("hashing")) {
            if (!section.has("buckets")) {
                section.problems().add(section.fullKey("buckets") + " is missing; allowed: a whole number, 1 or more");
            }
            return new FeatureEncoding.Hashing(
                    section.integer("buckets", 1, buckets -> buckets >= 1 && buckets < Integer.MAX_VALUE, "1 or more"));
        }
        return new FeatureEncoding.Vocabulary(
                section.integer("min-count", 1, count -> count >= 1, "1 or more"),
                section.integer("max-size", 1_000_000, size -> size >= 1 && size < Integer.MAX_VALUE, "1 or more"));
    }

    private static List<String> labels(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
