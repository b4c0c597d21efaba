package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogisticLossTest {
    @Test
    void lossIsExactAndNeverOverflows() {
        assertThat(LogisticLoss.of(0, 1)).isEqualTo(Math.log(2));
        assertThat(LogisticLoss.of(2, 0.25)).isCloseTo(Math.log(1 + Math.exp(2)) - 0.5, within(1e-12));
        assertThat(LogisticLoss.of(1000, 0)).isEqualTo(1000);
        assertThat(LogisticLoss.of(-1000, 0)).isZero();
        assertThat(LogisticLoss.sigmoid(-1000)).isZero();
        assertThat(LogisticLoss.sigmoid(1000)).isEqualTo(1);
        assertThat(LogisticLoss.sigmoid(-2)).isCloseTo(1 / (1 + Math.exp(2)), within(1e-12));
    }
}
