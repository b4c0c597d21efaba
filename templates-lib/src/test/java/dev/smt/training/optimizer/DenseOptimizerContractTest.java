package dev.smt.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each dense optimizer against its rule, written down as it was published, in double precision. */
class DenseOptimizerContractTest {
    private static final double WEIGHT_DECAY = 0.1;
    private static final double MOMENTUM = 0.8;
    private static final int SIZE = 37;
    private static final float[] DECAYED = new float[SIZE];

    static {
        Arrays.fill(DECAYED, 0, 20, 1);
    }

    /** One parameter's published rule. */
    private interface Rule {
        double move(double parameter, double gradient, double decay, double rate);
    }

    private static Rule published(DenseOptimizer.Kind kind) {
        return switch (kind) {
            case ADAMW -> new PublishedAdam(true);
            case ADAM -> new PublishedAdam(false);
            case ADAGRAD -> new Rule() {
                private double squares;

                @Override
                public double move(double parameter, double gradient, double decay, double rate) {
                    double g = gradient + decay * parameter;
                    squares += g * g;
                    return parameter - rate * g / (Math.sqrt(squares) + 1e-8);
                }
            };
            case SGD -> new Rule() {
                private double velocity;

                @Override
                public double move(double parameter, double gradient, double decay, double rate) {
                    velocity = MOMENTUM * velocity + gradient + decay * parameter;
                    return parameter - rate * velocity;
                }
            };
        };
    }

    /** Loshchilov and Hutter (2019), Algorithm 2: the pink lines where coupled, the green ones where decoupled. */
    private static final class PublishedAdam implements Rule {
        private final boolean decoupled;
        private double m;
        private double v;
        private int t;

        private PublishedAdam(boolean decoupled) {
            this.decoupled = decoupled;
        }

        @Override
        public double move(double parameter, double gradient, double decay, double rate) {
            double g = gradient + (decoupled ? 0 : decay * parameter);
            t++;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            double mHat = m / (1 - Math.pow(0.9, t));
            double vHat = v / (1 - Math.pow(0.999, t));
            return parameter - rate * (mHat / (Math.sqrt(vHat) + 1e-8) + (decoupled ? decay * parameter : 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesAsPublished(DenseOptimizer.Kind kind) {
        Random random = new Random(1);
        DenseOptimizer optimizer = create(kind);
        float[] parameters = new float[SIZE];
        double[] expected = new double[SIZE];
        Rule[] rules = new Rule[SIZE];
        for (int i = 0; i < SIZE; i++) {
            parameters[i] = (float) random.nextGaussian();
            expected[i] = parameters[i];
            rules[i] = published(kind);
        }
        for (int step = 0; step < 60; step++) {
            float[] gradient = gradient(random);
            double rate = 0.01 * (step % 3 + 1);
            optimizer.update(parameters, gradient, rate);
            for (int i = 0; i < SIZE; i++) {
                expected[i] = rules[i].move(expected[i], gradient[i], DECAYED[i] * WEIGHT_DECAY, rate);
            }
        }
        for (int i = 0; i < SIZE; i++) {
            assertThat((double) parameters[i]).as("parameter %s", i).isCloseTo(expected[i], within(2e-4));
        }
    }

    /** Padding between the parameters has no gradient, ever. */
    @ParameterizedTest
    @EnumSource
    void zeroWithoutGradientStaysZero(DenseOptimizer.Kind kind) {
        float[] parameters = new float[SIZE];
        DenseOptimizer optimizer = create(kind);
        for (int step = 0; step < 3; step++) {
            optimizer.update(parameters, new float[SIZE], 0.1);
        }
        assertThat(parameters).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void sameGradientsSameBits(DenseOptimizer.Kind kind) {
        float[] first = new float[SIZE];
        float[] second = new float[SIZE];
        for (float[] parameters : new float[][] {first, second}) {
            DenseOptimizer optimizer = create(kind);
            Random random = new Random(4);
            for (int step = 0; step < 30; step++) {
                optimizer.update(parameters, gradient(random), 0.01);
            }
        }
        assertThat(second).isEqualTo(first);
    }

    @Test
    void everyOptimizerHasAKindAndSoThisContract() {
        Set<String> created = Arrays.stream(DenseOptimizer.Kind.values())
                .map(kind -> create(kind).getClass().getName())
                .collect(Collectors.toSet());
        Set<String> written = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.smt").stream()
                        .filter(type -> type.isAssignableTo(DenseOptimizer.class) && !type.isInterface())
                        .map(type -> type.getName())
                        .collect(Collectors.toSet());
        assertThat(written).isEqualTo(created);
    }

    private static DenseOptimizer create(DenseOptimizer.Kind kind) {
        return DenseOptimizer.of(OptimizerTemplate.DEFAULT.withDense(kind, MOMENTUM), DECAYED, WEIGHT_DECAY);
    }

    /** Of very different sizes; one is always 0. */
    private static float[] gradient(Random random) {
        float[] gradient = new float[SIZE];
        for (int i = 1; i < SIZE; i++) {
            gradient[i] = (float) (random.nextGaussian() * (i % 3 == 0 ? 1e-2 : 1));
        }
        return gradient;
    }
}
