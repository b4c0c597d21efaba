package dev.smt.jobs.importance;

import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.ConfigSection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Section {@code importance}.
 *
 * @param allModels measure on all models, not on the representatives only
 * @param repeats permutations per feature
 * @param topK features to select per type; a type that is not named keeps all of its features
 * @param seed of the reference models and the permutations
 */
public record ImportanceConfiguration(boolean allModels, int repeats, Map<FeatureType, Integer> topK, long seed) {
    private static final String REPRESENTATIVES = "representatives";
    private static final String ALL = "all";

    public ImportanceConfiguration {
        EnumMap<FeatureType, Integer> copy = new EnumMap<>(FeatureType.class);
        copy.putAll(topK);
        topK = Collections.unmodifiableMap(copy);
    }

    public static ImportanceConfiguration read(ConfigSection section) {
        ConfigSection wanted = section.section("top-k");
        EnumMap<FeatureType, Integer> topK = new EnumMap<>(FeatureType.class);
        for (FeatureType type : FeatureType.values()) {
            String key = type.name().toLowerCase(Locale.ROOT);
            int k = wanted.integer(key, 0, value -> value >= 0, "0 or more");
            if (wanted.has(key)) {
                topK.put(type, k);
            }
        }
        return new ImportanceConfiguration(
                section.choice("models", List.of(REPRESENTATIVES, ALL), REPRESENTATIVES)
                        .equals(ALL),
                section.integer("repeats", 3, value -> value >= 1, "1 or more"),
                topK,
                section.whole("seed", 1, value -> true, "any whole number"));
    }
}
