package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.PairedDelta;

/** What every method says of a feature: the rise of NE without it, in percent, with its error. */
final class EntropyRise {
    private EntropyRise() {}

    /** Of the losses of the same rows with and without what the feature says. */
    static FeatureImportance of(Feature feature, BucketedLoss with, BucketedLoss without) {
        PairedDelta delta = PairedDelta.between(with, without);
        return new FeatureImportance(feature.name(), feature.type(), -delta.delta(), delta.standardError());
    }
}
