package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** Values as a table's cells hold them. */
public final class Cells {
    private Cells() {}

    /** A number; empty where it is NaN or infinite, which no cell holds. */
    public static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
