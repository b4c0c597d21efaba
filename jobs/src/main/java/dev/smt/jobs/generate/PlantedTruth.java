package dev.smt.jobs.generate;

import dev.smt.jobs.generate.PlantedFleet.Member;
import dev.smt.jobs.generate.WorldTruth.Cluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Says what a world has planted. */
final class PlantedTruth {
    private final GenerateConfiguration configuration;
    private final PlantedFeatures features;
    private final PlantedFleet fleet;

    PlantedTruth(GenerateConfiguration configuration) {
        this.configuration = configuration;
        this.features = PlantedFeatures.of(configuration);
        this.fleet = PlantedFleet.of(configuration);
    }

    WorldTruth with(WorldTruth.Oracle oracle) {
        return new WorldTruth(
                world(configuration),
                new WorldTruth.Features(features.all().toList()),
                effects(),
                clusters(),
                new WorldTruth.Techniques(new PlantedTechniques(configuration, features, fleet).all()),
                oracle);
    }

    /** The world's identity: two configurations with the same one make the same rows. */
    static WorldTruth.World world(GenerateConfiguration configuration) {
        Map<String, Object> resolved = TruthFiles.toMap(configuration);
        resolved.keySet().removeAll(List.of("overwrite", "partitions", "write-probabilities"));
        List<String> pipelines = new ArrayList<>();
        for (int surface = 0; surface < configuration.surfaces().size(); surface++) {
            for (int country = 0; country < configuration.countries().size(); country++) {
                pipelines.add(PlantedFleet.pipeline(configuration, surface, country));
            }
        }
        return new WorldTruth.World(WorldTruth.FORMAT_VERSION, resolved, pipelines);
    }

    private WorldTruth.Effects effects() {
        GenerateConfiguration.Effects effects = configuration.effects();
        int[] ids = PlantedFeatures.informative(features.ids());
        List<String> histories = Arrays.stream(PlantedFeatures.informative(features.histories()))
                .mapToObj(index -> features.histories().get(index).name())
                .toList();
        return new WorldTruth.Effects(
                new WorldTruth.History(
                        histories, surfaces(PlantedEffects::hasHistory), effects.history(), effects.historyWindow()),
                new WorldTruth.Drift(
                        features.ids().get(ids[0]).name(),
                        surfaces(PlantedEffects::drifts),
                        effects.drift(),
                        effects.driftTurns()),
                new WorldTruth.Interaction(
                        PlantedEffects.directions(configuration, features).stream()
                                .map(direction -> direction.stream()
                                        .map(PlantedFeature::name)
                                        .toList())
                                .toList(),
                        Arrays.stream(PlantedLabel.values())
                                .filter(PlantedLabel::hasInteractions)
                                .map(PlantedLabel::column)
                                .toList(),
                        effects.interaction()));
    }

    private List<String> surfaces(IntPredicate condition) {
        return IntStream.range(0, configuration.surfaces().size())
                .filter(condition)
                .mapToObj(configuration.surfaces()::get)
                .toList();
    }

    private WorldTruth.Clusters clusters() {
        Map<Integer, List<Member>> members = new TreeMap<>();
        fleet.models().forEach(member -> members.computeIfAbsent(member.cluster(), key -> new ArrayList<>())
                .add(member));
        return new WorldTruth.Clusters(
                members.values().stream().map(PlantedTruth::cluster).toList());
    }

    private static Cluster cluster(List<Member> members) {
        Member first = members.get(0);
        double log10Flops = members.stream()
                .mapToDouble(member -> StrictMath.log10(member.model().flops()))
                .average()
                .orElseThrow();
        return new Cluster(
                first.cluster(),
                first.model().stage().label(),
                Math.rint(log10Flops * 1e4) / 1e4,
                first.model().hardware(),
                first.model().event(),
                first.model().surface(),
                first.model().dataConstraint(),
                members.stream().map(member -> member.model().id()).toList());
    }
}
