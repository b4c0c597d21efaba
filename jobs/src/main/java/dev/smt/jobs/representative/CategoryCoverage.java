package dev.smt.jobs.representative;

import dev.smt.fleet.FleetModel;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much of each attribute the representatives show: the share of the fleet's categories that at least one of them
 * has; of the FLOPs, the share of the fleet's range, in decades, between their smallest and their largest.
 */
final class CategoryCoverage {
    private CategoryCoverage() {}

    /** Shares in [0, 1]; 1 for an attribute that is the same in all models. */
    static Map<Attribute, Double> of(List<FleetModel> fleet, List<FleetModel> representatives) {
        EnumMap<Attribute, Double> shares = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            shares.put(
                    attribute,
                    attribute == Attribute.FLOPS
                            ? share(decades(representatives), decades(fleet))
                            : share(categories(attribute, representatives), categories(attribute, fleet)));
        }
        return Collections.unmodifiableMap(shares);
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 1 : part / whole;
    }

    private static double categories(Attribute attribute, List<FleetModel> models) {
        return models.stream().map(attribute::category).distinct().count();
    }

    private static double decades(List<FleetModel> models) {
        DoubleSummaryStatistics range =
                models.stream().mapToDouble(model -> Math.log10(model.flops())).summaryStatistics();
        return range.getMax() - range.getMin();
    }
}
