package dev.smt.nn.embedding;

/**
 * IEEE 754 binary16: 11 significant bits. Java has conversions from version 20 on only. Numbers beyond the largest
 * half (65504) become that one: a row keeps its direction, and a prediction stays a number.
 */
final class HalfPrecision {
    static final float LARGEST = 65504;
    /** The exponent of the smallest normal half. */
    private static final int LEAST_EXPONENT = -14;

    private static final int MANTISSA_BITS = 10;

    private HalfPrecision() {}

    /** The half that a number is closest to; of two, the even one. */
    static short nearest(float value) {
        return encode(value, Math.rint(scaled(value)));
    }

    /** The largest half that is not above a number. */
    static short below(float value) {
        return encode(value, Math.floor(scaled(value)));
    }

    /** The smallest half that is not below a number. */
    static short above(float value) {
        return encode(value, Math.ceil(scaled(value)));
    }

    /** The number that a half is, exactly. */
    static float value(short half) {
        int exponent = (half >>> MANTISSA_BITS) & 0x1F;
        int mantissa = half & 0x3FF;
        int significand = exponent == 0 ? mantissa : mantissa | 0x400;
        float magnitude = Math.scalb((float) significand, Math.max(1, exponent) - 1 + LEAST_EXPONENT - MANTISSA_BITS);
        return half < 0 ? -magnitude : magnitude;
    }

    /** The number in units of its last place as a half. */
    private static double scaled(float value) {
        return Math.scalb((double) clamped(value), MANTISSA_BITS - exponent(value));
    }

    private static int exponent(float value) {
        return Math.max(LEAST_EXPONENT, Math.getExponent(clamped(value)));
    }

    private static float clamped(float value) {
        return Math.max(-LARGEST, Math.min(LARGEST, value));
    }

    /** Adding the significand to the exponent's bits carries over where rounding went up to the next power of two. */
    private static short encode(float value, double units) {
        int significand = (int) Math.abs(units);
        int biased = significand < 0x400 ? 0 : exponent(value) - LEAST_EXPONENT;
        int sign = value < 0 || 1 / value < 0 ? 0x8000 : 0;
        return (short) (sign | Math.min((biased << MANTISSA_BITS) + significand, 0x7BFF));
    }
}
