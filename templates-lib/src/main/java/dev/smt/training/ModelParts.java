package dev.smt.training;

import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.training.sharding.ShardingLayout;

/**
 * What all devices of a training make their part of the model from.
 *
 * @param fitted what the representations learned by counting
 * @param tables makes embeddings
 * @param layout says what is where
 * @param capacity most rows of a batch
 */
record ModelParts(
        NetworkSpecification specification,
        FittedFeatures fitted,
        FeatureTables tables,
        ShardingLayout layout,
        int capacity) {}
