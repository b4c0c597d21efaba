package dev.smt.technique;

/** The part of a template that a technique changes. */
public enum TechniqueKind {
    ARCHITECTURE,
    FEATURE,
    DATA,
    TRAINING,
    SERVING
}
