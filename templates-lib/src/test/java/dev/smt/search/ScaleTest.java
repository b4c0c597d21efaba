package dev.smt.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static final List<Scale> SCALES = List.of(
            new Scale(0, 1, false),
            new Scale(-5, 10, false),
            new Scale(1e-6, 1e3, true),
            new Scale(1e-12, 1e12, true),
            new Scale(1e-200, 1e-100, true),
            new Scale(-1e-30, 3e-30, false),
            new Scale(999, 1000, false),
            new Scale(99_999, 100_000, false),
            new Scale(1e12, 1e12 + 1, false),
            new Scale(1, 1 + 1e-9, true),
            new Scale(0.1, 0.3, true),
            new Scale(-Double.MAX_VALUE, Double.MAX_VALUE, false),
            new Scale(Double.MIN_VALUE, Double.MAX_VALUE, true));

    @Test
    void aRoundedNumberComesBackBitForBit() {
        Random random = new Random(9);
        for (Scale scale : SCALES) {
            for (int i = 0; i < 5000; i++) {
                double value = scale.rounded(scale.from(random.nextDouble()));
                assertThat(scale.rounded(scale.from(scale.to(value))))
                        .as("%s", scale)
                        .isEqualTo(value);
            }
            assertThat(scale.from(scale.to(scale.low()))).isEqualTo(scale.low());
            assertThat(scale.from(scale.to(scale.high()))).isEqualTo(scale.high());
        }
    }

    @Test
    void numbersOfTwelveDigitsComeBackAsTheyWereWritten() {
        Random random = new Random(10);
        Scale log = new Scale(1e-6, 1e3, true);
        Scale linear = new Scale(0, 1, false);
        for (int i = 0; i < 5000; i++) {
            String digits = "1234567890".substring(random.nextInt(9)) + random.nextInt(100);
            double small = Double.parseDouble("0." + digits);
            double scaled = Double.parseDouble("0." + digits + "e" + (random.nextInt(8) - 5));
            assertThat(linear.rounded(linear.from(linear.to(small)))).isEqualTo(small);
            assertThat(log.rounded(log.from(log.to(scaled)))).isEqualTo(scaled);
        }
        assertThat(List.of(0.1, 0.001, 0.05, 1e-5, 3e-4, 0.3, 128.0, 0.9999))
                .allMatch(value -> log.rounded(log.from(log.to(value))) == value);
        Scale tiny = new Scale(1e-40, 1e-20, true);
        assertThat(List.of(1e-30, 2.5e-33, 3e-21)).allMatch(value -> tiny.rounded(tiny.from(tiny.to(value))) == value);
    }

    @Test
    void theMapKeepsTheOrder() {
        for (Scale scale : SCALES) {
            double before = scale.low();
            for (int i = 0; i <= 1000; i++) {
                double value = scale.rounded(scale.from(i / 1000.0));
                assertThat(value).as("%s", scale).isBetween(before, scale.high());
                before = value;
            }
        }
    }
}
