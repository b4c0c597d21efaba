package dev.smt.jobs.generate;

import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.Serializable;

/**
 * A feature of the world and whether the labels depend on it.
 *
 * @param name of the feature as models see it
 * @param column of the events that it is made of
 * @param type by which top-K selection counts it
 * @param side user, item or context
 * @param cardinality number of distinct ids; 0 for numbers
 * @param informative whether any label depends on it
 * @param strength standard deviation of its effect on the logit where it acts; 0 where it is not informative
 */
public record PlantedFeature(
        String name,
        String column,
        FeatureType type,
        FeatureSide side,
        int cardinality,
        boolean informative,
        double strength)
        implements Serializable {}
