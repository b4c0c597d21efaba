package dev.smt.jobs.importance;

import dev.smt.feature.FeatureType;
import dev.smt.importance.FirstOrderAblation;
import dev.smt.importance.GroupedPermutation;
import dev.smt.importance.IntegratedGradients;
import dev.smt.importance.LearnedGates;
import dev.smt.importance.LeaveOneFeatureOut;
import dev.smt.importance.PermutationImportance;
import dev.smt.jobs.config.ConfigSection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Section {@code importance}.
 *
 * @param allModels measure on all models, not on the representatives only
 * @param measures how importance is measured
 * @param topK features to select per type; a type that is not named keeps all of its features
 * @param knee types whose K is looked for
 * @param seed of the reference models and the permutations
 */
public record ImportanceConfiguration(
        boolean allModels, Measures measures, Map<FeatureType, Integer> topK, Knee knee, long seed) {
    private static final String REPRESENTATIVES = "representatives";
    private static final String ALL = "all";
    private static final List<String> METHODS = List.of(
            PermutationImportance.NAME,
            GroupedPermutation.NAME,
            IntegratedGradients.NAME,
            FirstOrderAblation.NAME,
            LearnedGates.NAME,
            LeaveOneFeatureOut.NAME);
    /** Of which all features come from the same passes. */
    private static final List<String> SHARED =
            List.of(IntegratedGradients.NAME, FirstOrderAblation.NAME, LearnedGates.NAME);
    /** Those that rank: the last is for a short list. */
    private static final List<String> RANKING = METHODS.subList(0, METHODS.size() - 1);

    public ImportanceConfiguration {
        EnumMap<FeatureType, Integer> copy = new EnumMap<>(FeatureType.class);
        copy.putAll(topK);
        topK = Collections.unmodifiableMap(copy);
    }

    /**
     * How importance is measured.
     *
     * @param method by which features are ranked
     * @param compared other methods, whose ranking is compared
     * @param repeats permutations per feature
     * @param firstShare share of the validation rows that every feature is permuted on
     * @param groupThreshold association from which on features say the same
     * @param gradientSteps of the way from the mean inputs to a row's own
     * @param gateEpochs passes over the rows that gates learn from
     * @param leftOut features of each model that are left out one by one, the most important first
     */
    public record Measures(
            String method,
            List<String> compared,
            int repeats,
            double firstShare,
            double groupThreshold,
            int gradientSteps,
            int gateEpochs,
            int leftOut) {
        public Measures {
            compared = List.copyOf(compared);
        }

        /** Whether features are measured by a method of which all features come from the same passes. */
        public boolean hasShared() {
            return SHARED.stream().anyMatch(this::has);
        }

        /** Whether features are measured by a method. */
        public boolean has(String name) {
            return method.equals(name) || compared.contains(name);
        }
    }

    /**
     * Which types get the smallest K without a significant loss.
     *
     * @param types that do
     * @param loss percent of NE that is not significant
     */
    public record Knee(List<FeatureType> types, double loss) {
        public Knee {
            types = List.copyOf(types);
        }
    }

    public static ImportanceConfiguration read(ConfigSection section) {
        ConfigSection wanted = section.section("top-k");
        EnumMap<FeatureType, Integer> topK = new EnumMap<>(FeatureType.class);
        for (FeatureType type : FeatureType.values()) {
            String key = key(type);
            int k = wanted.integer(key, 0, value -> value >= 0, "0 or more");
            if (wanted.has(key)) {
                topK.put(type, k);
            }
        }
        return new ImportanceConfiguration(
                section.choice("models", List.of(REPRESENTATIVES, ALL), REPRESENTATIVES)
                        .equals(ALL),
                measures(section),
                topK,
                knee(section, topK),
                section.whole("seed", 1, value -> true, "any whole number"));
    }

    private static Measures measures(ConfigSection section) {
        String method = section.choice("method", RANKING, PermutationImportance.NAME);
        List<String> compared = section.strings("compared-methods", List.of());
        for (String name : compared) {
            if (!METHODS.contains(name) || name.equals(method)) {
                section.problems()
                        .add(section.fullKey("compared-methods") + " has \"" + name + "\"; allowed: "
                                + String.join(
                                        ", ",
                                        METHODS.stream()
                                                .filter(other -> !other.equals(method))
                                                .toList()));
            }
        }
        return new Measures(
                method,
                compared,
                section.integer("repeats", 3, value -> value >= 1, "1 or more"),
                section.real("first-share", 0.1, value -> value > 0 && value <= 1, "above 0, at most 1"),
                section.real("group-threshold", 0.8, value -> value > 0 && value <= 1, "above 0, at most 1"),
                section.integer("gradient-steps", 8, value -> value >= 1, "1 or more"),
                section.integer("gate-epochs", 10, value -> value >= 1, "1 or more"),
                section.integer("left-out-features", 5, value -> value >= 1, "1 or more"));
    }

    private static Knee knee(ConfigSection section, Map<FeatureType, Integer> topK) {
        List<FeatureType> types = new ArrayList<>();
        for (String name : section.strings("knee", List.of())) {
            Optional<FeatureType> type = List.of(FeatureType.values()).stream()
                    .filter(known -> key(known).equals(name))
                    .findFirst();
            if (type.isEmpty()) {
                section.problems()
                        .add(section.fullKey("knee") + " has \"" + name + "\"; allowed: "
                                + String.join(
                                        ", ",
                                        List.of(FeatureType.values()).stream()
                                                .map(ImportanceConfiguration::key)
                                                .toList()));
            } else if (topK.containsKey(type.get())) {
                section.problems()
                        .add(section.fullKey("knee") + " has \"" + name + "\", and " + section.fullKey("top-k." + name)
                                + " is " + topK.get(type.get()) + "; allowed: one of the two");
            } else {
                types.add(type.get());
            }
        }
        double loss = section.real(
                "knee-loss", 0.05, value -> value >= 0 && Double.isFinite(value), "0 or more (percent of NE)");
        return new Knee(types.stream().distinct().toList(), loss);
    }

    private static String key(FeatureType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
