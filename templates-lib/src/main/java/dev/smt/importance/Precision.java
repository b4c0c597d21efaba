package dev.smt.importance;

import java.io.Serializable;

/**
 * When a feature is measured well enough: when its standard error is at most a share of its importance, or when it is
 * surely small. Until then it is measured on more rows.
 *
 * @param firstShare share of the rows that every feature is measured on, above 0, at most 1
 * @param relative most error, as a share of the importance, 0 or more
 * @param small percent of NE below which it does not matter how small, 0 or more
 */
public record Precision(double firstShare, double relative, double small) implements Serializable {
    /** On all rows, whatever the error. */
    public static final Precision ALL_ROWS = new Precision(1, 0, 0);

    /** A tenth of the rows first; errors of a fifth; 0.02 % of NE is no significant change (paper, section 4.1). */
    public static final Precision ADAPTIVE = adaptive(0.1);

    /** The same with another share first. */
    public static Precision adaptive(double firstShare) {
        return new Precision(firstShare, 0.2, 0.02);
    }

    /** Standard errors that an importance may be off by. */
    private static final double ERRORS = 2;

    public Precision {
        if (!(firstShare > 0 && firstShare <= 1 && relative >= 0 && small >= 0)) {
            throw new IllegalArgumentException("first share " + firstShare + ", relative " + relative + ", small "
                    + small + "; allowed: above 0 to 1, 0 or more, 0 or more");
        }
    }

    /** False where the error is not known. */
    boolean isReached(double importance, double error) {
        return error <= relative * Math.abs(importance) || importance + ERRORS * error <= small;
    }
}
