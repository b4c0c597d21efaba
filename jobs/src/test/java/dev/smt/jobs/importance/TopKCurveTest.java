package dev.smt.jobs.importance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.table.TopKCurveRow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TopKCurveTest {
    private static final double LOSS = 0.05;

    @Test
    void theKneeIsWhereNothingSignificantIsLostFromThereOn() {
        assertThat(knee(row(1, -3, 0.1), row(2, -0.5, 0.1), row(4, -0.02, 0.02), row(8, 0.01, 0.02), all(11)))
                .isEqualTo(4);
    }

    @Test
    void theErrorCountsAsLoss() {
        assertThat(knee(row(1, -3, 0.1), row(2, 0, 0.06), row(4, -0.02, 0.02), all(6)))
                .isEqualTo(4);
        assertThat(knee(row(1, 0, 0.06), all(2))).isEqualTo(2);
    }

    @Test
    void aSmallKThatIsGoodByChanceIsNotTaken() {
        assertThat(knee(row(1, 0.2, 0.01), row(2, -0.5, 0.1), row(4, 0, 0.01), all(6)))
                .isEqualTo(4);
    }

    @Test
    void whereEverythingCountsAllAreTaken() {
        assertThat(knee(row(1, -3, 0.1), row(2, -0.5, 0.1), all(3))).isEqualTo(3);
        assertThat(knee(all(1))).isEqualTo(1);
    }

    @Test
    void aKThatCouldNotBeTrainedIsNotEnough() {
        TopKCurveRow failed =
                new TopKCurveRow("r", "ID", 4, 2, OptionalDouble.empty(), OptionalDouble.empty(), 0.5, false);
        assertThat(knee(row(1, 0, 0.01), row(2, 0, 0.01), failed, all(6))).isEqualTo(6);
    }

    private static int knee(TopKCurveRow... curve) {
        List<TopKCurveRow> marked = TopKCurve.withKnee(List.of(curve), LOSS);
        List<TopKCurveRow> unmarked = new ArrayList<>(marked);
        List<TopKCurveRow> chosen = marked.stream().filter(TopKCurveRow::chosen).toList();
        assertThat(chosen).hasSize(1);
        unmarked.removeAll(chosen);
        assertThat(unmarked).isSubsetOf(List.of(curve));
        return chosen.get(0).k();
    }

    private static TopKCurveRow row(int k, double delta, double error) {
        return new TopKCurveRow("r", "ID", k, 3, OptionalDouble.of(delta), OptionalDouble.of(error), 0.1 * k, false);
    }

    private static TopKCurveRow all(int k) {
        return row(k, 0, 0);
    }
}
