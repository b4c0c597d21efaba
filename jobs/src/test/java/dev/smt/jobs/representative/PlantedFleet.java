package dev.smt.jobs.representative;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A fleet drawn from clusters that are known: each has its own combination of the six attributes, and its models differ
 * from each other in FLOPs (log-normal, sigma in decades).
 */
record PlantedFleet(List<FleetModel> models, List<Integer> truth) {
    private static final List<String> HARDWARE = List.of("cpu", "gpu", "mtia");
    private static final List<String> EVENTS = List.of("ctr", "cvr", "quality", "value");
    private static final List<String> SURFACES = List.of("feed", "posts", "search", "reels");
    private static final List<String> CONSTRAINTS = List.of("full", "restricted", "regional");

    static PlantedFleet of(int clusters, int size, double sigma, long seed) {
        Random random = new Random(seed);
        Set<String> taken = new HashSet<>();
        List<FleetModel> archetypes = new ArrayList<>();
        while (archetypes.size() < clusters) {
            FleetModel archetype = model(
                    "archetype",
                    RankingStage.values()[random.nextInt(3)],
                    Math.pow(10, 5 + random.nextInt(4)),
                    any(HARDWARE, random),
                    any(EVENTS, random),
                    any(SURFACES, random),
                    any(CONSTRAINTS, random));
            if (taken.add(archetype.toString())) {
                archetypes.add(archetype);
            }
        }
        List<Integer> truth = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            truth.add(i % clusters);
        }
        Collections.shuffle(truth, random);
        List<FleetModel> models = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FleetModel like = archetypes.get(truth.get(i));
            models.add(model(
                    String.format("model-%04d", i),
                    like.stage(),
                    like.flops() * Math.pow(10, sigma * random.nextGaussian()),
                    like.hardware(),
                    like.event(),
                    like.surface(),
                    like.dataConstraint()));
        }
        return new PlantedFleet(models, truth);
    }

    static FleetModel model(
            String id,
            RankingStage stage,
            double flops,
            String hardware,
            String event,
            String surface,
            String dataConstraint) {
        return new FleetModel(
                id,
                stage,
                flops,
                hardware,
                event,
                surface,
                dataConstraint,
                1,
                "pipeline",
                List.of(OptimizationEvent.binary("label")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
