package dev.smt.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * A value of an attribute that some models have more often than the others.
 *
 * @param attribute such as stage
 * @param value such as retrieval
 * @param count of those models that have it
 * @param of how many they are
 * @param others that have it
 * @param ofOthers how many the others are
 * @param pValue of as many or more by chance (Fisher's exact test), times the number of values that were looked at (Holm
 *     1979), at most 1
 */
public record Contrast(String attribute, String value, int count, int of, int others, int ofOthers, double pValue) {

    /**
     * All values of all attributes, the least likely by chance first.
     *
     * @param some attributes by name of each model of interest
     * @param rest the same of all other models
     */
    public static List<Contrast> between(List<Map<String, String>> some, List<Map<String, String>> rest) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        for (List<Map<String, String>> models : List.of(some, rest)) {
            models.forEach(model -> model.forEach((attribute, value) ->
                    values.computeIfAbsent(attribute, key -> new TreeSet<>()).add(value)));
        }
        List<Contrast> raw = new ArrayList<>();
        values.forEach(
                (attribute, ofAttribute) -> ofAttribute.forEach(value -> raw.add(of(attribute, value, some, rest))));
        raw.sort(Comparator.comparingDouble(Contrast::pValue)
                .thenComparing(Contrast::attribute)
                .thenComparing(Contrast::value));
        List<Contrast> corrected = new ArrayList<>();
        double largest = 0;
        for (int i = 0; i < raw.size(); i++) {
            largest = Math.max(largest, Math.min(1, raw.get(i).pValue * (raw.size() - i)));
            corrected.add(raw.get(i).withPValue(largest));
        }
        return corrected;
    }

    private static Contrast of(
            String attribute, String value, List<Map<String, String>> some, List<Map<String, String>> rest) {
        int count = count(some, attribute, value);
        int others = count(rest, attribute, value);
        double chance = new HypergeometricDistribution(null, some.size() + rest.size(), count + others, some.size())
                .upperCumulativeProbability(count);
        return new Contrast(attribute, value, count, some.size(), others, rest.size(), chance);
    }

    private static int count(List<Map<String, String>> models, String attribute, String value) {
        return (int) models.stream()
                .filter(model -> value.equals(model.get(attribute)))
                .count();
    }

    private Contrast withPValue(double corrected) {
        return new Contrast(attribute, value, count, of, others, ofOthers, corrected);
    }
}
