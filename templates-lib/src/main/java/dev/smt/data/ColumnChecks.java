package dev.smt.data;

import dev.smt.feature.Feature.SequenceColumn;

/** Checks of column contents, so that a bad file or encoder is named here and not found as a wrong model later. */
final class ColumnChecks {
    private ColumnChecks() {}

    static void requireFinite(String column, float[] values) {
        requireFinite(column, values, 1);
    }

    /** @param width numbers per row */
    static void requireFinite(String column, float[] values, int width) {
        for (int at = 0; at < values.length; at++) {
            if (!Float.isFinite(values[at])) {
                String place = width == 1 ? "" : ", place " + at % width;
                throw new IllegalArgumentException("column " + column + ", row " + at / width + place + " is "
                        + values[at] + "; allowed: a finite number");
            }
        }
    }

    static void requireIds(String column, int[] values, int cardinality) {
        for (int at = 0; at < values.length; at++) {
            if (values[at] < 0 || values[at] >= cardinality) {
                throw new IllegalArgumentException("column " + column + ", entry " + at + " is " + values[at]
                        + "; allowed: 0 to " + (cardinality - 1));
            }
        }
    }

    static void requireSequences(String column, int[] offsets, int[] values, SequenceColumn kind) {
        if (offsets[0] != 0 || offsets[offsets.length - 1] != values.length) {
            throw new IllegalArgumentException("column " + column + ": offsets go from " + offsets[0] + " to "
                    + offsets[offsets.length - 1] + "; expected 0 to " + values.length + ", the number of values");
        }
        for (int row = 0; row < offsets.length - 1; row++) {
            int length = offsets[row + 1] - offsets[row];
            if (length < 0 || length > kind.maxLength()) {
                throw new IllegalArgumentException("column " + column + ", row " + row + " has length " + length
                        + "; allowed: 0 to " + kind.maxLength());
            }
        }
        requireIds(column, values, kind.cardinality());
    }
}
