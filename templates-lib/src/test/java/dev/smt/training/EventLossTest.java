package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.LabelTransform;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every event loss keeps; the permitted ones are all here, which a test checks. */
class EventLossTest {
    /** A loss, a label that it can have, and how many outputs it reads. */
    record Sample(EventLoss loss, float label, int outputs) {}

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample(new BinaryLoss(0.2, 0.5, 0.25, 0), 1, 1),
                new Sample(new BinaryLoss(0.2, 0.2, 1, 0.1), 0, 1),
                new Sample(new BinaryLoss(0.2, 0.5, 0.25, 0.1, new FocalLoss(2, 3), PlattScaling.IDENTITY), 1, 1),
                new Sample(new AmountLoss(Optional.empty(), 3, 2, 4), 7, 1),
                new Sample(new AmountLoss(Optional.of(new LabelTransform.Log1p("value")), 1, 0.5, 9), 4, 1),
                new Sample(new LevelsLoss(new double[] {0.5, 0.2, 0.3}), 1, 2),
                new Sample(new LevelsLoss(new double[] {0.1, 0.4, 0.2, 0.3}), 3, 3));
    }

    @Test
    void everyLossIsHere() {
        assertThat(samples().map(sample -> sample.loss().getClass().getName()).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(EventLoss.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void gradientIsTheDifferenceQuotient(Sample sample) {
        float[] outputs = outputs(sample, 3);
        float target = sample.loss().target(sample.label());
        float[] gradient = new float[outputs.length];
        sample.loss().gradient(outputs, 1, target, 2.5, gradient);
        for (int o = 1; o <= sample.outputs(); o++) {
            float step = 1e-2f;
            float[] above = outputs.clone();
            above[o] += step;
            float[] below = outputs.clone();
            below[o] -= step;
            double difference = (sample.loss().gradient(above, 1, target, 1, new float[outputs.length])
                            - sample.loss().gradient(below, 1, target, 1, new float[outputs.length]))
                    / (above[o] - below[o]);
            assertThat((double) gradient[o]).isCloseTo(2.5 * difference, within(1e-3));
        }
        assertThat(gradient[0]).as("other events' outputs").isZero();
    }

    /** From the initial biases the training's loss can't fall by moving all rows' outputs alike. */
    @ParameterizedTest
    @MethodSource("samples")
    void initialBiasesAreFiniteAndOnePerOutput(Sample sample) {
        assertThat(sample.loss().initialBiases()).hasSize(sample.outputs());
        for (float bias : sample.loss().initialBiases()) {
            assertThat(bias).isFinite();
        }
    }

    @Test
    void constantLossIsWhatTheInitialBiasesGiveOnTheTrainingRows() {
        LevelsLoss levels = new LevelsLoss(new double[] {0.5, 0.2, 0.3});
        float[] outputs = levels.initialBiases();
        double mean = 0.5 * levels.evaluation(outputs, 0, 0)
                + 0.2 * levels.evaluation(outputs, 0, 1)
                + 0.3 * levels.evaluation(outputs, 0, 2);
        assertThat(mean).isCloseTo(levels.constantLoss(), within(1e-6));
        assertThat(levels.prediction(outputs, 0)).isCloseTo(0.2 + 2 * 0.3, within(1e-6));

        BinaryLoss sampled = new BinaryLoss(0.2, 0.5, 0.25, 0);
        outputs = sampled.initialBiases();
        assertThat(sampled.prediction(outputs, 0)).isCloseTo(0.2, within(1e-6));
        assertThat(0.2 * sampled.evaluation(outputs, 0, 1) + 0.8 * sampled.evaluation(outputs, 0, 0))
                .isCloseTo(sampled.constantLoss(), within(1e-6));
    }

    @Test
    void amountsArePredictedInTheirOwnUnit() {
        AmountLoss loss = new AmountLoss(Optional.of(new LabelTransform.Log1p("value")), 1, 0.5, 9);
        float target = loss.target(4);

        assertThat((double) target).isCloseTo((Math.log(5) - 1) / 0.5, within(1e-6));
        assertThat(loss.prediction(new float[] {target}, 0)).isCloseTo(4, within(1e-5));
        assertThat(loss.evaluation(new float[] {target}, 0, 6)).isCloseTo(4, within(1e-4));
    }

    private static float[] outputs(Sample sample, long seed) {
        // Falling, as the thresholds between levels are.
        double[] sorted = new Random(seed)
                .doubles(sample.outputs() + 1, -1.5, 1.5)
                .sorted()
                .toArray();
        float[] outputs = new float[sorted.length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) sorted[outputs.length - 1 - i];
        }
        return outputs;
    }
}
