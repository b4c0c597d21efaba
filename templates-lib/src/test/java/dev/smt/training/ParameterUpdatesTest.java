package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.training.optimizer.OptimizerTemplate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clipping, averaging and early stopping, each on a whole model, against what a few plain lines say of all its parameters. */
class ParameterUpdatesTest {
    private static final EncodedExamples ROWS = PlantedExamples.of(400, 1);
    private static final int BATCH = 8;

    private final RankingModel model = new RankingModel(
            PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(1, BATCH))
                    .network(),
            400,
            3,
            EmbeddingOptimizer.Kind.ADAGRAD.create(0));
    private final Random random = new Random(6);

    ParameterUpdatesTest() {
        model.read(ROWS);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void clippingScalesDenseAndEmbeddedGradientsToTheLimitTogether() {
        backward();
        List<Double> before = gradients();
        double norm = Math.sqrt(before.stream().mapToDouble(g -> g * g).sum());

        clipping(norm * 1.01).clip();
        assertThat(gradients()).isEqualTo(before);
        clipping(0).clip();
        assertThat(gradients()).isEqualTo(before);

        clipping(norm / 4).clip();
        List<Double> after = gradients();
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.get(i)).isCloseTo(before.get(i) / 4, within(1e-6 * norm));
        }
        assertThat(clipping(0).norm()).isCloseTo(norm / 4, within(1e-5 * norm));
    }

    @Test
    void averagesAllParametersOverTheLastShareOfTheSteps() {
        ParameterUpdates updates = updates(OptimizerTemplate.DEFAULT.withAveragingShare(0.4), 20);
        double[] mean = new double[parameters().size()];
        for (int step = 0; step < 20; step++) {
            backward();
            updates.update(step);
            List<Float> now = parameters();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += step < 12 ? 0 : now.get(i) / 8;
            }
        }
        List<Float> last = parameters();

        assertThat(updates.average()).isTrue();

        List<Float> averaged = parameters();
        assertThat(averaged).isNotEqualTo(last);
        for (int i = 0; i < mean.length; i++) {
            assertThat((double) averaged.get(i)).as("parameter %s", i).isCloseTo(mean[i], within(2e-6));
        }
    }

    @Test
    void thereIsNoAverageBeforeTheLastShare() {
        ParameterUpdates updates = updates(OptimizerTemplate.DEFAULT.withAveragingShare(0.4), 20);
        for (int step = 0; step < 12; step++) {
            backward();
            updates.update(step);
        }
        List<Float> last = parameters();

        assertThat(updates.average()).isFalse();
        assertThat(parameters()).isEqualTo(last);
    }

    @Test
    void stoppingEndsAfterItsPatienceAndBringsTheBestBack() {
        ParameterUpdates updates = updates(OptimizerTemplate.DEFAULT, 40);
        Deque<Double> losses = new ArrayDeque<>(List.of(0.9, 0.5, 0.7, Double.NaN, 0.4));
        EarlyStopping stopping = stopping(new HeldOutTemplate(0.1, 10, 2, 0), losses);
        List<Float> best = List.of();
        long steps = 0;
        boolean ends = false;
        while (!ends) {
            backward();
            updates.update(steps++);
            ends = stopping.endsAfter(steps);
            if (steps == 8) {
                best = parameters();
            }
        }
        assertThat(steps).isEqualTo(16);
        assertThat(losses).containsExactly(0.4);
        assertThat(parameters()).isNotEqualTo(best);

        stopping.finish(false);

        assertThat(parameters()).isEqualTo(best);
    }

    @Test
    void parametersThatChangedAfterTheLastStepAreCheckedToo() {
        for (double lastLoss : new double[] {0.3, 0.6}) {
            ParameterUpdates updates = updates(OptimizerTemplate.DEFAULT.withAveragingShare(1), 4);
            EarlyStopping stopping =
                    stopping(new HeldOutTemplate(0.1, 1, 1, 0), new ArrayDeque<>(List.of(0.5, lastLoss)), 4);
            for (int step = 0; step < 4; step++) {
                backward();
                updates.update(step);
                stopping.endsAfter(step + 1L);
            }
            List<Float> last = parameters();
            updates.average();
            List<Float> averaged = parameters();

            stopping.finish(true);

            assertThat(parameters()).isEqualTo(lastLoss < 0.5 ? averaged : last);
        }
    }

    @Test
    void withoutValidationRowsNothingIsChecked() {
        EarlyStopping stopping = stopping(HeldOutTemplate.DEFAULT, new ArrayDeque<>());
        for (int step = 1; step <= 40; step++) {
            assertThat(stopping.endsAfter(step)).isFalse();
        }
        stopping.finish(true);
    }

    private void backward() {
        int[] rows = random.ints(BATCH, 0, 400).toArray();
        model.backward(rows, 0, BATCH, (logits, n, gradient) -> {
            double sum = 0;
            for (int b = 0; b < n; b++) {
                float label = ROWS.label("click")[rows[b]];
                sum += LogisticLoss.of(logits[b], label);
                gradient[b] = (float) (LogisticLoss.sigmoid(logits[b]) - label) / n;
            }
            return sum / n;
        });
    }

    private ParameterUpdates updates(OptimizerTemplate optimizer, long steps) {
        return new ParameterUpdates(model, PlantedExamples.training(1, BATCH).withOptimizer(optimizer), steps);
    }

    private GradientClipping clipping(double limit) {
        return new GradientClipping(model.dense(), model.gradients().toList(), limit);
    }

    private EarlyStopping stopping(HeldOutTemplate template, Deque<Double> losses) {
        return stopping(template, losses, 40);
    }

    private EarlyStopping stopping(HeldOutTemplate template, Deque<Double> losses, long steps) {
        List<EmbeddingTable> tables =
                model.gradients().map(SparseGradient::table).toList();
        return new EarlyStopping(model.dense(), tables, template, steps, losses::removeFirst);
    }

    private List<Float> parameters() {
        List<Float> all = new ArrayList<>();
        for (float value : model.dense().values()) {
            all.add(value);
        }
        model.gradients().map(SparseGradient::table).forEach(table -> {
            for (int row = 0; row < table.rows(); row++) {
                for (float value : table.vector(row)) {
                    all.add(value);
                }
                all.add(table.firstOrder(row));
            }
        });
        return all;
    }

    private List<Double> gradients() {
        List<Double> all = new ArrayList<>();
        for (float value : model.dense().gradient()) {
            all.add((double) value);
        }
        model.gradients()
                .forEach(gradient -> IntStream.range(0, gradient.table().rows())
                        .filter(gradient::has)
                        .forEach(row -> {
                            for (float value : gradient.of(row)) {
                                all.add((double) value);
                            }
                        }));
        return all;
    }
}
