package dev.smt.jobs.generate;

import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.generate.PlantedFleet.Member;
import dev.smt.jobs.generate.WorldTruth.Range;
import dev.smt.jobs.generate.WorldTruth.TechniqueTruth;
import java.util.List;
import java.util.function.Predicate;

/** What the planted effects mean for the techniques: which of the fleet's models each helps, and which it hurts. */
final class PlantedTechniques {
    private static final Predicate<Member> NONE = member -> false;
    private static final Predicate<Member> ALL = member -> true;
    /** Below it, pulling labels towards one half does harm beyond doubt. */
    private static final double LOW_BASE_RATE = 0.2;

    private final GenerateConfiguration configuration;
    private final PlantedFeatures features;
    private final List<Member> models;

    PlantedTechniques(GenerateConfiguration configuration, PlantedFeatures features, PlantedFleet fleet) {
        this.configuration = configuration;
        this.features = features;
        this.models = fleet.models();
    }

    List<TechniqueTruth> all() {
        return List.of(
                crossNetwork(),
                embeddingHashing(),
                historyPooling(),
                labelSmoothing(),
                learningRates(),
                negativeDownsampling(),
                recencyWeighting());
    }

    private TechniqueTruth crossNetwork() {
        return truth(
                "cross-network",
                true,
                List.of(new Range("cross-network.layers", 1, 3)),
                member -> member.label().hasInteractions() && seesProduct(member),
                NONE,
                "a product of numeric features moves click and conversion, which cross layers learn sooner than a"
                        + " perceptron does. A two-tower model sees only the terms whose two features are in one tower."
                        + " Elsewhere nothing is planted, but more ways to learn may help a little too.");
    }

    private TechniqueTruth historyPooling() {
        int window = configuration.effects().historyWindow();
        return truth(
                "history-pooling",
                true,
                List.of(
                        new Range("history-pooling.max-length", Math.max(1, window / 2), 2.0 * window),
                        new Range(
                                "history-pooling.event-features",
                                features.histories().size(),
                                Integer.MAX_VALUE)),
                member -> configuration.effects().history() > 0
                        && PlantedEffects.hasHistory(member.surface())
                        && !excludesHistories(member),
                NONE,
                "on its surfaces the categories of the latest " + window
                        + " entries of an informative history move the labels; longer sequences dilute them, and fewer"
                        + " event features than there are hold it only where the importance ranks it first.");
    }

    private TechniqueTruth recencyWeighting() {
        boolean drifts =
                configuration.effects().drift() > 0 && configuration.effects().driftTurns() > 0;
        return truth(
                "recency-weighting",
                true,
                List.of(new Range("recency-weighting.half-life", 0.1, 0.5)),
                member -> drifts && PlantedEffects.drifts(member.surface()),
                member -> !drifts || !PlantedEffects.drifts(member.surface()),
                "on its surfaces the strongest id feature's effect turns round over the period, so old rows mislead;"
                        + " elsewhere nothing changes in time, and rows that count less are rows lost.");
    }

    private TechniqueTruth labelSmoothing() {
        return truth(
                "label-smoothing",
                false,
                List.of(new Range("label-smoothing.smoothing", 0.05, 1)),
                NONE,
                member -> member.label().baseRate(configuration.baseRates()) < LOW_BASE_RATE,
                "predictions are pulled towards one half, away from the base rate: the lower the base rate, the worse.");
    }

    private TechniqueTruth negativeDownsampling() {
        return truth(
                "negative-downsampling",
                false,
                List.of(new Range("negative-downsampling.rate", 0, 0.5)),
                NONE,
                ALL,
                "rows that are dropped teach nothing: it saves time and costs accuracy, the more the fewer rows there"
                        + " are.");
    }

    private TechniqueTruth learningRates() {
        return truth(
                "learning-rates",
                false,
                List.of(),
                ALL,
                NONE,
                "the built-in templates' learning rates are not tuned for any data, and so small a number of steps wants"
                        + " higher ones; the best values are not planted, only the direction is expected.");
    }

    private TechniqueTruth embeddingHashing() {
        int largest = features.all()
                .filter(feature -> feature.type() == FeatureType.ID && feature.informative())
                .mapToInt(PlantedFeature::cardinality)
                .max()
                .orElse(1);
        return truth(
                "embedding-hashing",
                false,
                List.of(new Range("embedding-hashing.rows", 4.0 * largest, 1e9)),
                NONE,
                NONE,
                "the informative id features have at most " + largest
                        + " ids: with many more rows than that hardly any share one, with fewer they do, and it hurts."
                        + " It saves bytes.");
    }

    private TechniqueTruth truth(
            String technique,
            boolean planted,
            List<Range> region,
            Predicate<Member> helps,
            Predicate<Member> hurts,
            String why) {
        List<String> helped = ids(helps);
        List<String> hurt = ids(hurts);
        String verdict = helped.isEmpty() ? hurt.isEmpty() ? "neutral" : "hurts" : hurt.isEmpty() ? "helps" : "mixed";
        return new TechniqueTruth(
                technique,
                planted,
                verdict,
                region,
                helped,
                hurt,
                ids(helps.or(hurts).negate()),
                why);
    }

    private List<String> ids(Predicate<Member> condition) {
        return models.stream()
                .filter(condition)
                .map(member -> member.model().id())
                .toList();
    }

    private boolean seesProduct(Member member) {
        List<List<PlantedFeature>> directions = PlantedEffects.directions(configuration, features);
        return !directions.isEmpty()
                && directions.get(0).stream().anyMatch(first -> directions.get(1).stream()
                        .anyMatch(second -> member.model().stage() == RankingStage.RANKING
                                || inItemTower(first) == inItemTower(second)));
    }

    private static boolean inItemTower(PlantedFeature feature) {
        return feature.side() == FeatureSide.ITEM;
    }

    private boolean excludesHistories(Member member) {
        return features.histories().stream()
                .allMatch(feature -> member.model().excludedFeatures().contains(feature.name()));
    }
}
