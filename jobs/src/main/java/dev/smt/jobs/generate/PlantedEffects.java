package dev.smt.jobs.generate;

import dev.smt.jobs.generate.GenerateConfiguration.Effects;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What the labels depend on: the logit of each label without its intercept. Everything is drawn from the seed; effects
 * of ids are standardized over the ids' frequencies, so that a planted strength is the standard deviation on the logit.
 */
final class PlantedEffects implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int DIRECTION = 2;

    private final Effects strengths;
    private final int[] numeric;
    private final int[] transforms;
    private final int[] ids;
    private final int[] histories;
    /** [label][informative feature]. */
    private final double[][] numericWeights;

    private final double[][] transformWeights;
    /** [label][informative feature][id]. */
    private final double[][][] idEffects;
    /** [label][id]: what the drifting id's effect turns from, and what it turns to. */
    private final double[][] driftFrom;

    private final double[][] driftTo;
    private final double[][] devices;
    private final double[][] categories;
    /** [label][category]: what an entry of a history adds. */
    private final double[][] tastes;

    private final RandomStream[] ads;

    PlantedEffects(GenerateConfiguration configuration, PlantedFeatures features) {
        long seed = configuration.seed();
        strengths = configuration.effects();
        numeric = PlantedFeatures.informative(features.numeric());
        transforms = PlantedFeatures.informative(features.transforms());
        ids = PlantedFeatures.informative(features.ids());
        histories = PlantedFeatures.informative(features.histories());
        numericWeights = weights(seed, "numeric weight", features.numeric(), numeric);
        transformWeights = weights(seed, "transform weight", features.transforms(), transforms);
        idEffects = new double[PlantedLabel.COUNT][ids.length][];
        driftFrom = new double[PlantedLabel.COUNT][];
        driftTo = new double[PlantedLabel.COUNT][];
        devices = new double[PlantedLabel.COUNT][];
        categories = new double[PlantedLabel.COUNT][];
        ads = new RandomStream[PlantedLabel.COUNT];
        tastes = new double[PlantedLabel.COUNT][];
        for (PlantedLabel label : PlantedLabel.values()) {
            drawIds(seed, label, features, configuration.categories());
        }
    }

    /**
     * The two directions whose product moves the responses: each the sum of two of the four strongest numeric features.
     * Empty where no interaction is planted.
     */
    static List<List<PlantedFeature>> directions(GenerateConfiguration configuration, PlantedFeatures features) {
        if (configuration.effects().interaction() == 0) {
            return List.of();
        }
        List<PlantedFeature> strongest = Arrays.stream(PlantedFeatures.informative(features.numeric()))
                .limit(2L * DIRECTION)
                .mapToObj(features.numeric()::get)
                .toList();
        return List.of(strongest.subList(0, DIRECTION), strongest.subList(DIRECTION, 2 * DIRECTION));
    }

    /** The label's logit but for the intercept, at a share of the period in [0, 1), as if shown on the given surface. */
    double logit(PlantedLabel label, Impression impression, int surface, double elapsed) {
        int l = label.ordinal();
        double logit = devices[l][impression.device]
                + categories[l][impression.category]
                + strengths.ad() * ads[l].normal(impression.ad);
        for (int j = 0; j < numeric.length; j++) {
            logit += numericWeights[l][j] * number(impression, j);
        }
        for (int j = 0; j < transforms.length; j++) {
            logit += transformWeights[l][j] * impression.logCounts[transforms[j]];
        }
        for (int j = drifts(surface) ? 1 : 0; j < ids.length; j++) {
            logit += idEffects[l][j][impression.ids[ids[j]]];
        }
        if (drifts(surface)) {
            logit += drifting(l, impression.ids[ids[0]], elapsed);
        }
        if (label.hasInteractions()) {
            logit += product(impression);
        }
        return hasHistory(surface) ? logit + taste(l, impression) : logit;
    }

    /** Whether the histories matter on a surface: on the first, third, ... */
    static boolean hasHistory(int surface) {
        return surface % 2 == 0;
    }

    /** Whether the strongest id's effect drifts on a surface: on the second, fourth, ... */
    static boolean drifts(int surface) {
        return surface % 2 == 1;
    }

    private double drifting(int label, int id, double elapsed) {
        double angle = Math.PI * strengths.driftTurns() * elapsed;
        return StrictMath.cos(angle) * driftFrom[label][id] + StrictMath.sin(angle) * driftTo[label][id];
    }

    private double product(Impression impression) {
        if (strengths.interaction() == 0) {
            return 0;
        }
        double first = number(impression, 0) + number(impression, 1);
        double second = number(impression, 2) + number(impression, 3);
        return strengths.interaction() / DIRECTION * first * second;
    }

    private double number(Impression impression, int rank) {
        double value = impression.numeric[numeric[rank]];
        return Double.isNaN(value) ? 0 : value;
    }

    private double taste(int label, Impression impression) {
        double sum = 0;
        for (int history : histories) {
            int window = Math.min(strengths.historyWindow(), impression.historyLengths[history]);
            for (int i = 0; i < window; i++) {
                sum += tastes[label][impression.histories[history][i]];
            }
        }
        return sum;
    }

    private void drawIds(long seed, PlantedLabel label, PlantedFeatures features, int categoryCount) {
        int l = label.ordinal();
        for (int j = 0; j < ids.length; j++) {
            PlantedFeature feature = features.ids().get(ids[j]);
            RandomStream stream = RandomStream.of(seed, "id effect " + label, ids[j]);
            idEffects[l][j] = standardized(stream, frequencies(feature.cardinality()), feature.strength());
        }
        double[] frequencies = frequencies(features.ids().get(ids[0]).cardinality());
        driftFrom[l] = standardized(RandomStream.of(seed, "drift from " + label, 0), frequencies, strengths.drift());
        driftTo[l] = standardized(RandomStream.of(seed, "drift to " + label, 0), frequencies, strengths.drift());
        devices[l] = standardized(
                RandomStream.of(seed, "device " + label, 0),
                uniform(PlantedFeatures.DEVICES.size()),
                PlantedFeatures.CONTEXT_STRENGTH);
        categories[l] = standardized(
                RandomStream.of(seed, "category " + label, 0),
                uniform(categoryCount),
                PlantedFeatures.CONTEXT_STRENGTH);
        tastes[l] = standardized(
                RandomStream.of(seed, "taste " + label, 0),
                uniform(categoryCount),
                strengths.history() / Math.sqrt((double) strengths.historyWindow() * histories.length));
        ads[l] = RandomStream.of(seed, "ad " + label, 0);
    }

    /** Each feature's weight per label: its strength, a tenth more or less, with a random sign. */
    private static double[][] weights(long seed, String name, List<PlantedFeature> features, int[] informative) {
        double[][] weights = new double[PlantedLabel.COUNT][informative.length];
        for (PlantedLabel label : PlantedLabel.values()) {
            RandomStream stream = RandomStream.of(seed, name, label.ordinal());
            for (int j = 0; j < informative.length; j++) {
                double draw = stream.uniform(informative[j]);
                double sign = draw < 0.5 ? -1 : 1;
                double spread = 0.9 + 0.2 * (draw < 0.5 ? 2 * draw : 2 * draw - 1);
                weights[label.ordinal()][j] =
                        sign * spread * features.get(informative[j]).strength();
            }
        }
        return weights;
    }

    /** Frequencies of floor(n * u^2) for uniform u: some ids are frequent, others rare. */
    private static double[] frequencies(int n) {
        double[] frequencies = new double[n];
        for (int id = 0; id < n; id++) {
            frequencies[id] = Math.sqrt((id + 1.0) / n) - Math.sqrt((double) id / n);
        }
        return frequencies;
    }

    private static double[] uniform(int n) {
        double[] frequencies = new double[n];
        Arrays.fill(frequencies, 1.0 / n);
        return frequencies;
    }

    /** Random effects with mean 0 and the given standard deviation over the frequencies. */
    private static double[] standardized(RandomStream stream, double[] frequencies, double deviation) {
        double[] effects = new double[frequencies.length];
        double mean = 0;
        for (int id = 0; id < effects.length; id++) {
            effects[id] = stream.normal(id);
            mean += frequencies[id] * effects[id];
        }
        double variance = 0;
        for (int id = 0; id < effects.length; id++) {
            effects[id] -= mean;
            variance += frequencies[id] * effects[id] * effects[id];
        }
        double scale = variance > 0 ? deviation / Math.sqrt(variance) : 0;
        for (int id = 0; id < effects.length; id++) {
            effects[id] *= scale;
        }
        return effects;
    }
}
