package dev.smt.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Eq. 1 of the paper, and its jackknife. */
class PairedDeltaTest {
    @Test
    void isTheRelativeGainInPercentWithTheJackknifesError() {
        // Without bucket 0: 100 (4 - 4) / 4 = 0; without bucket 9: 100 (6 - 5) / 6 = 50 / 3; their mean is 25 / 3, so
        // the squared error is (2 - 1) / 2 * 2 * (25 / 3)^2.
        PairedDelta delta = PairedDelta.between(losses(6, 4), losses(5, 4));

        assertThat(delta.delta()).isCloseTo(10, within(1e-12));
        assertThat(delta.standardError()).isCloseTo(25.0 / 3, within(1e-12));
    }

    @Test
    void aWorseTrialIsNegative() {
        assertThat(PairedDelta.between(losses(6, 4), losses(7, 4)).delta()).isCloseTo(-10, within(1e-12));
    }

    @Test
    void theSameLossesGiveNoDeltaAndNoError() {
        assertThat(PairedDelta.between(losses(6, 4), losses(6, 4))).isEqualTo(new PairedDelta(0, 0));
    }

    @Test
    void theErrorIsUnknownWithOneBucketOnly() {
        BucketedLoss base = new BucketedLoss();
        base.add(3, 2);
        BucketedLoss trial = new BucketedLoss();
        trial.add(3, 1);

        assertThat(PairedDelta.between(base, trial).delta()).isEqualTo(50);
        assertThat(PairedDelta.between(base, trial).standardError()).isNaN();
    }

    @Test
    void theErrorIsTheSpreadOverRepeatedData() {
        // Rows whose trial loss is 1 % lower plus noise that pairing can't cancel: the mean jackknife error of 200 data
        // sets agrees with the standard deviation of their deltas.
        Random random = new Random(7);
        int sets = 200;
        double sum = 0;
        double squares = 0;
        double errors = 0;
        for (int set = 0; set < sets; set++) {
            BucketedLoss base = new BucketedLoss();
            BucketedLoss trial = new BucketedLoss();
            for (int row = 0; row < 2000; row++) {
                int bucket = random.nextInt(BucketedLoss.BUCKETS);
                double loss = 0.2 + random.nextDouble();
                base.add(bucket, loss);
                trial.add(bucket, 0.99 * loss + 0.05 * random.nextGaussian());
            }
            PairedDelta delta = PairedDelta.between(base, trial);
            sum += delta.delta();
            squares += delta.delta() * delta.delta();
            errors += delta.standardError() / sets;
        }
        double mean = sum / sets;
        double spread = Math.sqrt(squares / sets - mean * mean);

        assertThat(mean).isCloseTo(1, within(0.05));
        assertThat(errors / spread).isBetween(0.85, 1.15);
    }

    @Test
    void refusesOtherRowsAndABaselineWithoutLoss() {
        BucketedLoss other = losses(6, 4);
        other.add(0, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedDelta.between(losses(6, 4), other))
                .withMessage("bucket 0 has 1 rows in the baseline and 2 in the trial: not the same rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedDelta.between(new BucketedLoss(), new BucketedLoss()))
                .withMessageContaining("the baseline's loss over 0 rows is 0.0");
    }

    @Test
    void aDivergedTrialHasNoFiniteDeltaAndIsNoFinishedModel() {
        PairedDelta diverged = PairedDelta.between(losses(6, 4), losses(Double.NaN, 4));

        assertThat(diverged.delta()).isNaN();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelDelta.of("m0", diverged))
                .withMessageContaining("model m0: delta is NaN");
    }

    @Test
    void aModelDeltaIsEitherFailedOrHasAFiniteDelta() {
        assertThat(ModelDelta.failure("m0").failed()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelDelta("m0", true, 1, 0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelDelta("m0", false, 1, -0.1))
                .withMessageContaining("the standard error is -0.1");
    }

    private static BucketedLoss losses(double first, double second) {
        BucketedLoss losses = new BucketedLoss();
        losses.add(0, first);
        losses.add(9, second);
        return losses;
    }
}
