package dev.smt.feature;

/** Whose feature it is. A two-tower model puts USER and CONTEXT into its user tower, ITEM into its item tower. */
public enum FeatureSide {
    USER,
    ITEM,
    CONTEXT
}
