package dev.smt.benchmark;

import java.util.Locale;

/** What a technique truly is. */
public enum TrueEffect {
    /** There is a theta with R at most epsilon and mu at least tau on the whole fleet. */
    GENERALIZES,
    /** It changes nothing: A/A. */
    DOES_NOTHING,
    /** mu stays below tau. */
    TOO_WEAK,
    /** Too many models lose, whatever theta is. */
    DIVIDES;

    /** The name in files, such as {@code too-weak}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
