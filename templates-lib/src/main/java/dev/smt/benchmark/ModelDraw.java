package dev.smt.benchmark;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Draws the models: clusters of unequal size, each with a prototype that differs from every other one in at least two of
 * the six attributes. Models of a cluster differ in their FLOPs.
 */
final class ModelDraw {
    /** Number of traits, J. */
    static final int TRAITS = 3;
    /** Traits are normal, cut off here. */
    static final double LARGEST_TRAIT = 2;
    /** The smallest s of a model that doesn't resist. */
    static final double LEAST_SENSITIVITY = 0.8;

    private static final double FLOPS_DECADES = 0.15;
    private static final double FAILURE_RATE = 0.02;
    private static final int LEAST_DIFFERENCE = 2;
    private static final List<List<String>> ATTRIBUTES = List.of(
            List.of("retrieval", "pre-ranking", "ranking"),
            List.of("5", "6", "7", "8"),
            List.of("cpu", "gpu", "mtia"),
            List.of("ctr", "cvr", "quality", "value"),
            List.of("feed", "posts", "reels", "search"),
            List.of("full", "regional", "restricted"));

    private final BenchmarkShape shape;
    private final Random random;

    ModelDraw(BenchmarkShape shape, Random random) {
        this.shape = shape;
        this.random = random;
    }

    /** The models, in the order of their ids. */
    List<BenchmarkModel> models() {
        List<List<String>> prototypes = prototypes();
        List<Integer> clusters = clusters();
        List<Integer> order = shuffled(shape.models());
        boolean[] resists = new boolean[shape.models()];
        boolean[] loses = new boolean[shape.models()];
        for (int i = 0; i < shape.resisting(); i++) {
            resists[order.get(i)] = true;
            loses[order.get(i)] = i % 2 == 0;
        }
        List<BenchmarkModel> models = new ArrayList<>();
        for (int i = 0; i < shape.models(); i++) {
            FleetModel seen = seen(i, prototypes.get(clusters.get(i)));
            models.add(model(seen, clusters.get(i), resists[i], loses[i]));
        }
        return models;
    }

    private BenchmarkModel model(FleetModel seen, int cluster, boolean resists, boolean loses) {
        double sensitivity = LEAST_SENSITIVITY + 0.4 * random.nextDouble();
        double loss = 0.1 + 0.3 * random.nextDouble();
        Double[] traits = new Double[TRAITS];
        Arrays.setAll(
                traits, j -> resists ? 0 : Math.max(-LARGEST_TRAIT, Math.min(LARGEST_TRAIT, random.nextGaussian())));
        return new BenchmarkModel(
                seen,
                cluster,
                resists,
                resists ? 0 : sensitivity,
                loses ? loss : 0,
                shape.rowError() * Math.pow(2, random.nextDouble() - 0.5),
                loses ? FAILURE_RATE : 0,
                List.of(traits));
    }

    private FleetModel seen(int number, List<String> prototype) {
        double decades = Double.parseDouble(prototype.get(1)) + FLOPS_DECADES * random.nextGaussian();
        String event = prototype.get(3);
        return new FleetModel(
                String.format(Locale.ROOT, "model-%05d", number),
                RankingStage.ofLabel(prototype.get(0)),
                Math.pow(10, decades),
                prototype.get(2),
                event,
                prototype.get(4),
                prototype.get(5),
                1,
                "benchmark",
                List.of(OptimizationEvent.binary(event)),
                Set.of(),
                "benchmark",
                "benchmark@1",
                Double.POSITIVE_INFINITY);
    }

    /** The cluster of each model; sizes differ by up to a factor of two, and none is empty. */
    private List<Integer> clusters() {
        double[] shares = new double[shape.clusters()];
        Arrays.setAll(shares, cluster -> 1 + random.nextDouble());
        double sum = Arrays.stream(shares).sum();
        List<Integer> clusters = new ArrayList<>();
        double until = 0;
        int others = shape.models() - shape.clusters();
        for (int cluster = 0; cluster < shares.length; cluster++) {
            until += shares[cluster] / sum * others;
            clusters.add(cluster);
            while (clusters.size() < cluster + 1 + Math.round(until)) {
                clusters.add(cluster);
            }
        }
        Collections.shuffle(clusters, random);
        return clusters;
    }

    private List<List<String>> prototypes() {
        List<List<String>> prototypes = new ArrayList<>();
        while (prototypes.size() < shape.clusters()) {
            List<String> drawn = ATTRIBUTES.stream()
                    .map(values -> values.get(random.nextInt(values.size())))
                    .toList();
            if (prototypes.stream().allMatch(other -> differences(drawn, other) >= LEAST_DIFFERENCE)) {
                prototypes.add(drawn);
            }
        }
        return prototypes;
    }

    private static int differences(List<String> some, List<String> others) {
        int differences = 0;
        for (int i = 0; i < some.size(); i++) {
            differences += some.get(i).equals(others.get(i)) ? 0 : 1;
        }
        return differences;
    }

    private List<Integer> shuffled(int size) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return order;
    }
}
