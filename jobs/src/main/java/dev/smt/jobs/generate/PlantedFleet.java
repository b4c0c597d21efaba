package dev.smt.jobs.generate;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fleet, drawn from planted clusters. A cluster is a prototype of the six attributes; no two share stage, event and
 * surface. Its models share all attributes but for a little jitter of the FLOPs, and differ in country and label.
 *
 * @param models by id
 */
record PlantedFleet(List<Member> models) {
    private static final List<String> HARDWARE = List.of("cpu", "gpu", "mtia");
    static final List<String> CONSTRAINTS =
            List.of("full", "regional", "full", "full", "restricted", "full", "regional");

    /** A model, the cluster it was drawn from, and where it finds its rows. */
    record Member(FleetModel model, int cluster, int surface, int country, PlantedLabel label) {}

    /** What the models of a cluster have in common. */
    private record Prototype(
            int cluster,
            RankingStage stage,
            double logFlops,
            String hardware,
            String event,
            int surface,
            String constraint) {}

    PlantedFleet {
        models = models.stream()
                .sorted(Comparator.comparing(member -> member.model().id()))
                .toList();
    }

    static PlantedFleet of(GenerateConfiguration configuration) {
        PlantedFeatures features = PlantedFeatures.of(configuration);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < configuration.models(); i++) {
            Prototype prototype = prototype(configuration, i % configuration.clusters());
            int cell = i / configuration.clusters();
            List<PlantedLabel> labels = PlantedLabel.ofEvent(prototype.event());
            int country = cell / labels.size();
            members.add(member(configuration, features, prototype, country, labels.get(cell % labels.size())));
        }
        return new PlantedFleet(members);
    }

    /** The data pipeline of a surface and a country. */
    static String pipeline(GenerateConfiguration configuration, int surface, int country) {
        return configuration.surfaces().get(surface) + "-"
                + configuration.countries().get(country);
    }

    /** Surfaces change fastest, then events, then stages; hardware, constraint and FLOPs go along. */
    private static Prototype prototype(GenerateConfiguration configuration, int cluster) {
        int surfaces = configuration.surfaces().size();
        int events = PlantedLabel.EVENTS.size();
        int pair = cluster % (surfaces * events);
        int round = cluster / (surfaces * events);
        List<RankingStage> stages = configuration.stages();
        RankingStage stage = stages.get((pair + round) % stages.size());
        return new Prototype(
                cluster,
                stage,
                5.5 + 1.5 * stage.ordinal() + 0.25 * (cluster * 3 % 5),
                HARDWARE.get((cluster + cluster / HARDWARE.size()) % HARDWARE.size()),
                PlantedLabel.EVENTS.get(pair / surfaces),
                pair % surfaces,
                CONSTRAINTS.get(cluster % CONSTRAINTS.size()));
    }

    private static Member member(
            GenerateConfiguration configuration,
            PlantedFeatures features,
            Prototype prototype,
            int country,
            PlantedLabel label) {
        String pipeline = pipeline(configuration, prototype.surface(), country);
        String template = prototype.stage() == RankingStage.RANKING ? "sparse-nn-medium" : "decoupled-sparse-nn-medium";
        int draw = (prototype.cluster() * configuration.countries().size() + country) * PlantedLabel.COUNT
                + label.ordinal();
        double jitter = 2 * RandomStream.of(configuration.seed(), "flops", 0).uniform(draw) - 1;
        double weight = 0.5 + RandomStream.of(configuration.seed(), "weight", 0).uniform(draw);
        FleetModel model = new FleetModel(
                prototype.stage().label() + "-" + pipeline + "-" + label.column(),
                prototype.stage(),
                Math.rint(StrictMath.pow(10, prototype.logFlops() + configuration.flopsJitter() * jitter)),
                prototype.hardware(),
                prototype.event(),
                configuration.surfaces().get(prototype.surface()),
                prototype.constraint(),
                Math.rint(weight * 1000) / 1000,
                pipeline,
                List.of(OptimizationEvent.binary(label.column())),
                excluded(prototype.constraint(), features),
                template,
                template + "@1",
                Double.POSITIVE_INFINITY);
        return new Member(model, prototype.cluster(), prototype.surface(), country, label);
    }

    /** A regional model may not use the device; a restricted one nothing that identifies the user or his past. */
    static Set<String> excluded(String constraint, PlantedFeatures features) {
        Set<String> names = new TreeSet<>();
        if (constraint.equals("regional")) {
            names.add("device");
        }
        if (constraint.equals("restricted")) {
            names.add("user_id");
            features.histories().forEach(feature -> names.add(feature.name()));
        }
        return names;
    }
}
