package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.ConfigSection;
import dev.smt.jobs.coverage.CoverageBands;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that {@code ingest} is told.
 *
 * @param input rows, labels, features
 * @param pipelines which rows make a pipeline
 * @param fleet the models
 * @param coverage the template of a model that names none
 */
public record IngestConfiguration(
        InputConfiguration input, PipelineConfiguration pipelines, FleetConfiguration fleet, CoverageBands coverage) {

    /**
     * Reads sections {@code input}, {@code pipelines}, {@code fleet} and {@code coverage}, and checks names across them.
     */
    public static IngestConfiguration read(ConfigSection root) {
        IngestConfiguration configuration = new IngestConfiguration(
                InputConfiguration.read(root.section("input")),
                PipelineConfiguration.read(root.section("pipelines")),
                FleetConfiguration.read(root.section("fleet")),
                CoverageBands.read(root.section("coverage")));
        configuration.checkNames(root.problems());
        return configuration;
    }

    private void checkNames(ConfigProblems problems) {
        Set<String> features = input.features().stream()
                .map(FeatureConfiguration::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> both = new TreeSet<>(features);
        both.retainAll(input.labels().keySet());
        both.forEach(name -> problems.add("input.features." + name, name, "a name that is not a label's"));
        fleet.constraints().forEach((name, constraint) -> {
            Set<String> unknown = new TreeSet<>(constraint.features());
            unknown.removeAll(features);
            unknown.forEach(feature -> problems.add(
                    "fleet.constraints." + name + ".exclude-features", feature, "a feature of input.features"));
            if (!features.isEmpty() && input.features().stream().allMatch(constraint::forbids)) {
                problems.add("fleet.constraints." + name + " forbids every feature; allowed: at least one stays");
            }
        });
        if (fleet.models() instanceof FleetConfiguration.Grid grid) {
            grid.labels().stream()
                    .filter(label -> !input.labels().containsKey(label))
                    .forEach(label ->
                            problems.add("fleet.grid.labels", label, "a label of input.labels: " + input.labelNames()));
        }
    }
}
