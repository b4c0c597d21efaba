package dev.smt.feature;

/** The feature types of the paper's feature template (section 3.2.1): top-K selection works per type. */
public enum FeatureType {
    NUMERIC,
    ID,
    EMBEDDING,
    TRANSFORM,
    EVENT,
    OTHER
}
