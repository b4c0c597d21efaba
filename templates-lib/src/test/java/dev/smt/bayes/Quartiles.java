package dev.smt.bayes;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** First quartile, median, third quartile and the largest of some numbers; infinite ones are allowed. */
record Quartiles(double first, double median, double third, double largest) {
    static Quartiles of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), at(sorted, 1));
    }

    /** Linear between the neighbours, as R's type 7; NaN of nothing. */
    private static double at(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double rest = position - below;
        return rest == 0 ? sorted[below] : (1 - rest) * sorted[below] + rest * sorted[above];
    }

    /** {@code median [first, third]} for a table. */
    String text(String format) {
        return text(format, median) + " [" + text(format, first) + ", " + text(format, third) + "]";
    }

    /** One number, {@code -} where it is not finite. */
    static String text(String format, double value) {
        return Double.isInfinite(value) || Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
