package dev.smt.jobs.plan;

import dev.smt.feature.FeatureType;
import dev.smt.jobs.representative.RepresentativesConfiguration;
import java.util.Map;

/**
 * How large a cycle is, as far as it is known.
 *
 * @param models of the fleet
 * @param representatives exactly once they are chosen, before by the configuration
 * @param holdout likewise
 * @param techniques that fit some model
 * @param endless those of them whose search can always suggest another theta
 * @param accepted techniques; exactly once the study has decided
 * @param slots trainings that run at once
 * @param features that the models read, by type
 */
public record CycleShape(
        long models,
        TrainingCount representatives,
        TrainingCount holdout,
        long techniques,
        long endless,
        TrainingCount accepted,
        int slots,
        Map<FeatureType, Integer> features) {
    public CycleShape {
        features = Map.copyOf(features);
    }

    /** How many representatives the configuration allows for. */
    public static TrainingCount representatives(RepresentativesConfiguration configuration, long models) {
        return configuration.k().isPresent()
                ? TrainingCount.of(Math.min(configuration.k().getAsInt(), models))
                : new TrainingCount(Math.min(configuration.kMin(), models), Math.min(configuration.kMax(), models));
    }

    /** How many models are held out: a share of each cluster's others, rounded up. */
    public static TrainingCount holdout(
            RepresentativesConfiguration configuration, long models, TrainingCount representatives) {
        double share = configuration.holdoutShare();
        long least = (long) Math.ceil(share * (models - representatives.most()));
        // Rounding up adds less than one model per cluster.
        long others = models - representatives.least();
        long most = Math.min(others, (long) Math.floor(share * others) + (share > 0 ? representatives.most() : 0));
        return new TrainingCount(Math.min(least, most), most);
    }
}
