package dev.smt.search;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A range, low below high, and its map to [0, 1]: linear, or logarithmic where {@code log}. */
record Scale(double low, double high, boolean log) {
    /** Digits after the first one of the range (linear) or of the number itself (logarithmic). */
    private static final int DIGITS = 12;

    /** Over more than e^100 the logarithm of a double loses that much. */
    private static final int DIGITS_OF_WIDE_LOG = 10;

    private static final double WIDE_LOG = 100;

    /** Whose power of e is a double. */
    private static final double LARGEST_EXPONENT = 700;

    /** Whole numbers below it, and their products with powers of ten up to 10^22, are exact in a double. */
    private static final double EXACT = 9e15;

    private static final double[] POWERS_OF_TEN = new double[23];

    static {
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = Double.parseDouble("1e" + i);
        }
    }

    static Scale of(Parameter.Real real) {
        return new Scale(real.low(), real.high(), real.log());
    }

    static Scale of(Parameter.Whole whole) {
        return new Scale(whole.low(), whole.high(), whole.log());
    }

    /** The number's place, clipped to [0, 1]. */
    double to(double value) {
        if (log) {
            return clip(logarithm(value) / logarithm(high));
        }
        double width = high - low;
        return clip(Double.isFinite(width) ? (value - low) / width : (value / 2 - low / 2) / (high / 2 - low / 2));
    }

    /** The number at a place in [0, 1]; the ends give the range's ends exactly. */
    double from(double place) {
        if (place == 0 || place == 1) {
            return place == 0 ? low : high;
        }
        return Math.max(low, Math.min(high, between(place)));
    }

    private double between(double place) {
        if (log) {
            double exponent = place * logarithm(high);
            if (exponent < 1) {
                return low + low * Math.expm1(exponent);
            }
            if (exponent < LARGEST_EXPONENT) {
                return low * Math.exp(exponent);
            }
            double root = Math.exp(exponent / 2);
            return low * root * root;
        }
        double width = high - low;
        return Double.isFinite(width) ? low + place * width : low * (1 - place) + high * place;
    }

    /** log(value / low); near low by the difference, which is exact there. */
    private double logarithm(double value) {
        if (value / 2 < low) {
            return Math.log1p((value - low) / low);
        }
        double ratio = value / low;
        return Double.isFinite(ratio) ? Math.log(ratio) : Math.log(value) - Math.log(low);
    }

    /**
     * The nearest number of few decimal digits: what a number of the range is rounded to, so that going to [0, 1] and back
     * gives it again, bit for bit. Ranges so narrow that doubles are sparser than that keep the number as it is.
     */
    double rounded(double value) {
        if (value <= low || value >= high) {
            return Math.max(low, Math.min(high, value));
        }
        double size = log ? Math.abs(value) : high / 2 - low / 2;
        int digits = digits() - (int) Math.floor(Math.log10(size));
        double decimal = value == 0 ? 0 : decimal(value, digits);
        return Math.max(low, Math.min(high, decimal));
    }

    private int digits() {
        return log && logarithm(high) > WIDE_LOG ? DIGITS_OF_WIDE_LOG : DIGITS;
    }

    /** What rounding changes at most, as a share of the range's largest absolute value. */
    double precision() {
        return 1 / POWERS_OF_TEN[digits()];
    }

    /** Rounded to so many digits after the point; negative: before it. The double nearest to the decimal number. */
    private static double decimal(double value, int digits) {
        if (Math.log10(Math.abs(value)) + digits >= Math.log10(EXACT)) {
            return value;
        }
        if (Math.abs(digits) >= POWERS_OF_TEN.length) {
            return new BigDecimal(value)
                    .setScale(digits, RoundingMode.HALF_EVEN)
                    .doubleValue();
        }
        double power = POWERS_OF_TEN[Math.abs(digits)];
        return digits >= 0 ? Math.rint(value * power) / power : Math.rint(value / power) * power;
    }

    static double clip(double place) {
        return Math.max(0, Math.min(1, place));
    }
}
