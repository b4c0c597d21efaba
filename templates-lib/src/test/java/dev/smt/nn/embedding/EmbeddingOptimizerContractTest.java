package dev.smt.nn.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each optimizer of embedding rows against its rule, written down as it was published, in double precision. */
class EmbeddingOptimizerContractTest {
    private static final int WIDTH = 5;
    private static final double DECAY = 0.05;

    /** The published rule of one row: its vector, then its first-order weight. */
    private interface Rule {
        void move(double[] row, float[] gradient, double rate);
    }

    private static Rule published(EmbeddingOptimizer.Kind kind) {
        return switch (kind) {
            case SGD -> (row, gradient, rate) -> {
                for (int i = 0; i <= WIDTH; i++) {
                    row[i] -= rate * gradient[i];
                }
            };
            case ADAGRAD -> new Rule() {
                private final double[] squares = new double[WIDTH + 1];

                @Override
                public void move(double[] row, float[] gradient, double rate) {
                    for (int i = 0; i <= WIDTH; i++) {
                        squares[i] += gradient[i] * gradient[i];
                        row[i] -= rate * gradient[i] / (Math.sqrt(squares[i]) + 1e-8);
                    }
                }
            };
            case ROW_WISE_ADAGRAD -> new Rule() {
                private double ofVector;
                private double ofWeight;

                @Override
                public void move(double[] row, float[] gradient, double rate) {
                    for (int i = 0; i < WIDTH; i++) {
                        ofVector += gradient[i] * gradient[i] / WIDTH;
                    }
                    for (int i = 0; i < WIDTH; i++) {
                        row[i] -= rate * gradient[i] / (Math.sqrt(ofVector) + 1e-8);
                    }
                    ofWeight += gradient[WIDTH] * gradient[WIDTH];
                    row[WIDTH] -= rate * gradient[WIDTH] / (Math.sqrt(ofWeight) + 1e-8);
                }
            };
        };
    }

    @ParameterizedTest
    @EnumSource
    void movesTouchedRowsAsPublishedAndNoOther(EmbeddingOptimizer.Kind kind) {
        checkAgainst(published(kind), kind.create(0));
    }

    @ParameterizedTest
    @EnumSource
    void decaysTouchedRowsBeforeItsOwnMove(EmbeddingOptimizer.Kind kind) {
        Rule rule = published(kind);
        checkAgainst(
                (row, gradient, rate) -> {
                    for (int i = 0; i < row.length; i++) {
                        row[i] *= 1 - rate * DECAY;
                    }
                    rule.move(row, gradient, rate);
                },
                kind.create(DECAY));
    }

    private static void checkAgainst(Rule rule, EmbeddingOptimizer optimizer) {
        Random random = new Random(9);
        EmbeddingTable table = new EmbeddingTable(1300, WIDTH, 0.5f, 1, optimizer);
        SparseGradient gradient = new SparseGradient(table);
        int row = 1280;
        double[] expected = new double[WIDTH + 1];
        for (int d = 0; d < WIDTH; d++) {
            expected[d] = table.vector(row)[d];
        }
        float[] neighbour = table.vector(row + 1);
        for (int step = 0; step < 40; step++) {
            float[] g = new float[WIDTH + 1];
            for (int i = 0; i <= WIDTH; i++) {
                g[i] = step == 3 ? 0 : (float) random.nextGaussian();
            }
            double rate = 0.05 * (step % 3 + 1);
            int slot = gradient.slotOf(row);
            gradient.add(slot, g, 0, g[WIDTH], 1);
            gradient.apply(rate);
            rule.move(expected, g, rate);
            assertThat(gradient.has(row)).isFalse();
        }
        for (int d = 0; d < WIDTH; d++) {
            assertThat((double) table.vector(row)[d]).as("place %s", d).isCloseTo(expected[d], within(2e-5));
        }
        assertThat((double) table.firstOrder(row)).isCloseTo(expected[WIDTH], within(2e-5));
        assertThat(table.vector(row + 1)).isEqualTo(neighbour);
        assertThat(table.firstOrder(row + 1)).isZero();
    }

    /** Where the state begins and ends depends on the optimizer, so the vectors must not. */
    @ParameterizedTest
    @EnumSource
    void initialVectorsDoNotDependOnTheOptimizer(EmbeddingOptimizer.Kind kind) {
        EmbeddingTable table = new EmbeddingTable(50, WIDTH, 0.5f, 1, kind.create(0));
        EmbeddingTable other = new EmbeddingTable(50, WIDTH, 0.5f, 1);

        for (int row = 0; row < 50; row++) {
            assertThat(table.vector(row)).isEqualTo(other.vector(row));
        }
        assertThat(table.allocatedRows()).isEqualTo(50);
    }

    @Test
    void everyOptimizerHasAKindAndSoThisContract() {
        Set<String> created = Stream.concat(
                        Arrays.stream(EmbeddingOptimizer.Kind.values()).map(kind -> kind.create(0)),
                        Stream.of(EmbeddingOptimizer.Kind.SGD.create(DECAY)))
                .map(optimizer -> optimizer.getClass().getName())
                .collect(Collectors.toSet());
        Set<String> written = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.smt").stream()
                        .filter(type -> type.isAssignableTo(EmbeddingOptimizer.class) && !type.isInterface())
                        .map(type -> type.getName())
                        .collect(Collectors.toSet());
        assertThat(written).isEqualTo(created);
    }
}
