package dev.smt.jobs.generate;

import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.generate.GenerateConfiguration.Effects;
import dev.smt.jobs.generate.GenerateConfiguration.FeatureCount;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The world's features. Which ones are informative is drawn by the seed; the indices of the informative ones are listed
 * strongest first.
 *
 * @param numeric columns {@code numeric_NN}
 * @param ids columns {@code id_NN}
 * @param transforms {@code log_count_NN}, made of the columns {@code count_NN} as ln(1 + count)
 * @param histories columns {@code history_NN}
 * @param fixed the ids that every world has: user, ad, the ad's category, device
 */
record PlantedFeatures(
        List<PlantedFeature> numeric,
        List<PlantedFeature> ids,
        List<PlantedFeature> transforms,
        List<PlantedFeature> histories,
        List<PlantedFeature> fixed)
        implements Serializable {
    /** Devices of the context. */
    static final List<String> DEVICES = List.of("android", "ios", "web");
    /** Standard deviation on the logit of the device, and of the ad's category. */
    static final double CONTEXT_STRENGTH = 0.3;

    private static final int[] CARDINALITIES = {6, 12, 20, 40};
    private static final FeatureSide[] SIDES = FeatureSide.values();

    /** The type's features, of which the informative ones are drawn by the seed. */
    private interface Maker {
        PlantedFeature make(int index, String number, boolean informative, double strength);
    }

    static PlantedFeatures of(GenerateConfiguration configuration) {
        long seed = configuration.seed();
        Effects effects = configuration.effects();
        GenerateConfiguration.FeatureCounts counts = configuration.features();
        return new PlantedFeatures(
                make(seed, counts.numeric(), effects.numeric(), "numeric", PlantedFeatures::numericFeature),
                make(seed, counts.id(), effects.id(), "id", PlantedFeatures::idFeature),
                make(seed, counts.transform(), effects.transform(), "transform", PlantedFeatures::transformFeature),
                make(
                        seed,
                        counts.event(),
                        effects.history(),
                        "event",
                        (index, number, informative, strength) ->
                                historyFeature(number, informative, strength, configuration.categories())),
                fixedFeatures(configuration));
    }

    Stream<PlantedFeature> all() {
        return Stream.of(fixed, ids, numeric, transforms, histories).flatMap(List::stream);
    }

    /** Indices of the informative features of a list, strongest first. */
    static int[] informative(List<PlantedFeature> features) {
        return IntStream.range(0, features.size())
                .filter(index -> features.get(index).informative())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer index) -> -features.get(index).strength())
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static List<PlantedFeature> make(long seed, FeatureCount count, double total, String type, Maker maker) {
        double[] strengths = new double[count.count()];
        List<Integer> informative = draw(RandomStream.of(seed, "informative " + type, 0), count);
        double[] shares = shares(count.informative(), type.equals("event") ? 0 : 0.5);
        for (int rank = 0; rank < informative.size(); rank++) {
            strengths[informative.get(rank)] = total * shares[rank];
        }
        int digits = Math.max(2, Integer.toString(count.count() - 1).length());
        List<PlantedFeature> features = new ArrayList<>();
        for (int index = 0; index < count.count(); index++) {
            String number = String.format("%0" + digits + "d", index);
            features.add(maker.make(index, number, informative.contains(index), strengths[index]));
        }
        return List.copyOf(features);
    }

    private static List<Integer> draw(RandomStream stream, FeatureCount count) {
        return IntStream.range(0, count.count())
                .boxed()
                .sorted(Comparator.comparingLong((Integer index) -> stream.bits(index)))
                .limit(count.informative())
                .toList();
    }

    /** Shares of n features in a total standard deviation, falling by {@code slope} from first to last: squares sum to 1. */
    private static double[] shares(int n, double slope) {
        double[] shares =
                IntStream.range(0, n).mapToDouble(i -> 1 - slope * i / n).toArray();
        double norm =
                Math.sqrt(Arrays.stream(shares).map(share -> share * share).sum());
        return Arrays.stream(shares).map(share -> share / norm).toArray();
    }

    private static PlantedFeature numericFeature(int index, String number, boolean informative, double strength) {
        String name = "numeric_" + number;
        return new PlantedFeature(
                name, name, FeatureType.NUMERIC, SIDES[index % SIDES.length], 0, informative, strength);
    }

    private static PlantedFeature idFeature(int index, String number, boolean informative, double strength) {
        String name = "id_" + number;
        FeatureSide side = SIDES[index % SIDES.length];
        int cardinality = CARDINALITIES[index % CARDINALITIES.length];
        return new PlantedFeature(name, name, FeatureType.ID, side, cardinality, informative, strength);
    }

    private static PlantedFeature transformFeature(int index, String number, boolean informative, double strength) {
        return new PlantedFeature(
                "log_count_" + number,
                "count_" + number,
                FeatureType.TRANSFORM,
                index % 2 == 0 ? FeatureSide.USER : FeatureSide.ITEM,
                0,
                informative,
                strength);
    }

    private static PlantedFeature historyFeature(String number, boolean informative, double strength, int categories) {
        String name = "history_" + number;
        return new PlantedFeature(name, name, FeatureType.EVENT, FeatureSide.USER, categories, informative, strength);
    }

    private static List<PlantedFeature> fixedFeatures(GenerateConfiguration configuration) {
        double ad = configuration.effects().ad();
        return List.of(
                fixedId("user_id", FeatureSide.USER, configuration.users(), 0),
                fixedId("ad_id", FeatureSide.ITEM, configuration.ads(), ad),
                fixedId("ad_category", FeatureSide.ITEM, configuration.categories(), CONTEXT_STRENGTH),
                fixedId("device", FeatureSide.CONTEXT, DEVICES.size(), CONTEXT_STRENGTH));
    }

    private static PlantedFeature fixedId(String name, FeatureSide side, int cardinality, double strength) {
        return new PlantedFeature(name, name, FeatureType.ID, side, cardinality, strength > 0, strength);
    }
}
