package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.BucketedLoss;
import dev.smt.metric.PairedDelta;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Rows that decide and rows that don't are kept apart. */
class UnseenRowsTest {
    private static final UnseenRows HALF = new UnseenRows(0.5);

    @Test
    void everyRowIsOnOneSide() {
        BucketedLoss losses = losses(bucket -> 1 + bucket);
        assertThat(HALF.decisive(losses).totalRows()).isEqualTo(256);
        assertThat(HALF.unseen(losses).totalRows()).isEqualTo(256);
        assertThat(HALF.decisive(losses).totalLoss() + HALF.unseen(losses).totalLoss())
                .isEqualTo(losses.totalLoss());
        assertThat(new UnseenRows(0.25).unseen(losses).totalRows()).isEqualTo(128);
    }

    @Test
    void whatHappensOnOneSideIsNotSeenOnTheOther() {
        BucketedLoss base = losses(bucket -> 1);
        BucketedLoss better = losses(bucket -> bucket < 128 ? 0.5 : 1.01);
        assertThat(PairedDelta.between(HALF.decisive(base), HALF.decisive(better))
                        .delta())
                .isCloseTo(50, within(1e-9));
        assertThat(HALF.delta(base, better).orElseThrow().delta()).isCloseTo(-1, within(1e-9));
    }

    @Test
    void normalizedEntropyIsThatOfTheDecisiveRows() {
        BucketedLoss losses = losses(bucket -> bucket < 128 ? 0.4 : 0.6);
        double entropy = 0.8;
        double all = losses.meanLoss() / entropy;
        assertThat(HALF.decisive(all, losses)).isCloseTo(0.2 / entropy, within(1e-12));
        assertThat(UnseenRows.NONE.decisive(all, losses)).isEqualTo(all);
    }

    @Test
    void withoutUnseenRowsThereIsNoUnseenDelta() {
        BucketedLoss losses = losses(bucket -> 1);
        assertThat(UnseenRows.NONE.delta(losses, losses)).isEmpty();
        assertThat(UnseenRows.NONE.decisive(losses).totalLoss()).isEqualTo(losses.totalLoss());
        assertThatThrownBy(() -> new UnseenRows(1)).hasMessageContaining("allowed: from 0 to below 1");
    }

    /** Two rows a bucket. */
    private static BucketedLoss losses(IntToDoubleFunction ofBucket) {
        BucketedLoss losses = new BucketedLoss();
        for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
            losses.addBucket(bucket, ofBucket.applyAsDouble(bucket), 2);
        }
        return losses;
    }
}
