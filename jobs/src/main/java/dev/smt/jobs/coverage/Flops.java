package dev.smt.jobs.coverage;

import java.math.BigDecimal;
import java.math.MathContext;

/** FLOPs per example in few letters, for people: {@code 3.16e8}. */
final class Flops {
    private static final int DIGITS = 3;

    private Flops() {}

    static String text(double flops) {
        if (flops == 0 || Double.isInfinite(flops)) {
            return flops == 0 ? "0" : "no limit";
        }
        BigDecimal rounded =
                new BigDecimal(flops).round(new MathContext(DIGITS)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
