package dev.smt.jobs.coverage;

import dev.smt.fleet.FleetModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a fleet is made of: how many models have which value of each attribute. */
public final class FleetSummary {
    private FleetSummary() {}

    /** A line for the number of models, and one per attribute. */
    public static List<String> lines(List<FleetModel> models) {
        List<String> lines = new ArrayList<>();
        lines.add("the fleet is valid: models: " + models.size() + ", pipelines: "
                + models.stream().map(FleetModel::pipeline).distinct().count());
        lines.add("  stages            " + counts(models, model -> model.stage().label()));
        lines.add("  FLOPs             " + flops(models));
        lines.add("  hardware          " + counts(models, FleetModel::hardware));
        lines.add("  events            " + counts(models, FleetModel::event));
        lines.add("  surfaces          " + counts(models, FleetModel::surface));
        lines.add("  data constraints  " + counts(models, FleetModel::dataConstraint));
        lines.add("  labels            " + counts(models, FleetModel::label));
        lines.add("  templates         " + counts(models, FleetModel::template));
        lines.add("  baselines         " + counts(models, FleetModel::baseline));
        return lines;
    }

    private static String counts(List<FleetModel> models, Function<FleetModel, String> attribute) {
        return models.stream()
                .collect(Collectors.groupingBy(attribute, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String flops(List<FleetModel> models) {
        double low = models.stream().mapToDouble(FleetModel::flops).min().orElse(0);
        double high = models.stream().mapToDouble(FleetModel::flops).max().orElse(0);
        return Flops.text(low) + " to " + Flops.text(high);
    }
}
