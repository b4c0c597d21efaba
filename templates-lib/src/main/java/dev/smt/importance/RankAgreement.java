package dev.smt.importance;

import dev.smt.feature.FeatureImportance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;

/**
 * How far two rankings of features agree.
 *
 * @param features that both rank
 * @param tau Kendall's tau-b over them, from -1 to 1; empty below two features, or where one ranks all of them alike
 */
public record RankAgreement(int features, OptionalDouble tau) {

    /** The agreement of two lists of importances, in any order. */
    public static RankAgreement of(List<FeatureImportance> one, List<FeatureImportance> other) {
        Map<String, Double> shared = new HashMap<>(byName(one));
        Map<String, Double> others = byName(other);
        shared.keySet().retainAll(others.keySet());
        List<String> names = shared.keySet().stream().sorted().toList();
        if (names.size() < 2) {
            return new RankAgreement(names.size(), OptionalDouble.empty());
        }
        double tau = new KendallsCorrelation()
                .correlation(
                        names.stream().mapToDouble(shared::get).toArray(),
                        names.stream().mapToDouble(others::get).toArray());
        return new RankAgreement(names.size(), Double.isFinite(tau) ? OptionalDouble.of(tau) : OptionalDouble.empty());
    }

    private static Map<String, Double> byName(List<FeatureImportance> importances) {
        return importances.stream()
                .collect(Collectors.toMap(FeatureImportance::feature, FeatureImportance::importance));
    }
}
