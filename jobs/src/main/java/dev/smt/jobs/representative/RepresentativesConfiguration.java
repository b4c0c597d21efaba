package dev.smt.jobs.representative;

import dev.smt.jobs.config.ConfigSection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Section {@code representatives}.
 *
 * @param eligible SQL condition over the columns of {@code fleet_models}: which models are clustered, and may stand for
 *     the fleet or be held out
 * @param k number of clusters; empty: the elbow of k-min to k-max decides
 * @param kMin smallest k of the elbow
 * @param kMax largest k of the elbow; no k above the number of distinct models is tried
 * @param restarts draws of the first centres of k-means per k; the best one is used
 * @param holdoutShare share of the other models that is held out
 * @param weights weight of each attribute's variance
 * @param seed of k-means and of the holdout draw
 */
public record RepresentativesConfiguration(
        String eligible,
        OptionalInt k,
        int kMin,
        int kMax,
        int restarts,
        double holdoutShare,
        Map<Attribute, Double> weights,
        long seed) {
    private static final int DEFAULT_K_MAX = 24;
    private static final double DEFAULT_HOLDOUT_SHARE = 0.2;

    public RepresentativesConfiguration {
        EnumMap<Attribute, Double> copy = new EnumMap<>(Attribute.class);
        copy.putAll(weights);
        weights = Collections.unmodifiableMap(copy);
    }

    public static RepresentativesConfiguration read(ConfigSection section) {
        int k = section.integer("k", 0, value -> value >= 0, "0 (the elbow decides) or more");
        int kMin = section.integer("k-min", 2, value -> value >= 1, "1 or more");
        int kMax = section.integer("k-max", Math.max(kMin, DEFAULT_K_MAX), value -> value >= kMin, "k-min or more");
        ConfigSection weights = section.section("weights");
        EnumMap<Attribute, Double> byAttribute = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            byAttribute.put(
                    attribute,
                    weights.real(attribute.key(), 1, value -> value >= 0 && Double.isFinite(value), "0 or more"));
        }
        if (byAttribute.values().stream().mapToDouble(Double::doubleValue).sum() == 0) {
            section.problems()
                    .add(section.fullKey("weights") + " are all 0, so they sum to 0; allowed: at least one above 0");
        }
        return new RepresentativesConfiguration(
                section.string("eligible", "true"),
                k == 0 ? OptionalInt.empty() : OptionalInt.of(k),
                kMin,
                kMax,
                section.integer("restarts", 3, value -> value >= 1, "1 or more"),
                section.real("holdout-share", DEFAULT_HOLDOUT_SHARE, value -> value >= 0 && value <= 1, "0 to 1"),
                byAttribute,
                section.whole("seed", 1, value -> true, "any whole number"));
    }
}
