package dev.smt.decision;

/** What the evidence says of a technique. */
public enum Verdict {
    /** It is almost surely good enough: R at most epsilon and mu at least tau. */
    ACCEPTED,
    /** It almost surely is not. */
    REJECTED,
    /** The evidence can't tell. */
    OPEN
}
