package dev.smt.jobs.importance;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.feature.FeatureType;
import dev.smt.importance.RankAgreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The importance of features to a fleet: the mean over the models that have the feature, weighted by w_i, with its
 * standard error (the models' errors are independent), and how far the models agree on the order.
 *
 * @param byModel what it is the mean of
 * @param fleet in order of importance
 * @param pairs every two models
 */
record FleetImportance(Map<String, List<FeatureImportance>> byModel, List<FeatureImportance> fleet, List<Pair> pairs) {
    private static final int SHOWN = 5;

    /**
     * Two models.
     *
     * @param agreement over the features that both have
     */
    record Pair(String one, String other, RankAgreement agreement) {}

    static FleetImportance of(Map<String, List<FeatureImportance>> byModel, Map<String, Double> weights) {
        Map<String, List<Weighted>> byFeature = new TreeMap<>();
        byModel.forEach((model, importances) -> importances.forEach(importance -> byFeature
                .computeIfAbsent(importance.feature(), name -> new ArrayList<>())
                .add(new Weighted(importance, weights.get(model)))));
        List<FeatureImportance> fleet =
                byFeature.values().stream().map(FleetImportance::mean).toList();
        return new FleetImportance(Map.copyOf(byModel), FeatureRanking.of(fleet), pairs(byModel));
    }

    private record Weighted(FeatureImportance importance, double weight) {}

    private static FeatureImportance mean(List<Weighted> models) {
        double total = models.stream().mapToDouble(Weighted::weight).sum();
        double mean = 0;
        double variance = 0;
        for (Weighted model : models) {
            double share = total > 0 ? model.weight() / total : 1.0 / models.size();
            mean += share * model.importance().importance();
            double error = share * model.importance().standardError();
            variance += error * error;
        }
        FeatureType type = models.get(0).importance().type();
        return new FeatureImportance(models.get(0).importance().feature(), type, mean, Math.sqrt(variance));
    }

    private static List<Pair> pairs(Map<String, List<FeatureImportance>> byModel) {
        List<String> models = byModel.keySet().stream().sorted().toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            for (int j = i + 1; j < models.size(); j++) {
                RankAgreement agreement = RankAgreement.of(byModel.get(models.get(i)), byModel.get(models.get(j)));
                pairs.add(new Pair(models.get(i), models.get(j), agreement));
            }
        }
        return List.copyOf(pairs);
    }

    /** The mean Kendall tau of the pairs; empty where none has one. */
    OptionalDouble agreement() {
        return pairs.stream()
                .flatMapToDouble(pair -> pair.agreement().tau().stream())
                .average();
    }

    /** Lines for the user. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        FeatureRanking.byType(fleet)
                .forEach((type, features) -> lines.add(type.name().toLowerCase(Locale.ROOT) + ": "
                        + features.stream()
                                .limit(SHOWN)
                                .map(feature -> String.format(
                                        Locale.ROOT, "%s %.3f %%", feature.feature(), feature.importance()))
                                .collect(Collectors.joining(", "))
                        + (features.size() > SHOWN ? ", and " + (features.size() - SHOWN) + " more" : "")));
        agreement()
                .ifPresent(tau -> lines.add(
                        String.format(Locale.ROOT, "the models' rankings agree with a mean Kendall tau of %.2f", tau)));
        return lines;
    }
}
