package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.SparseGradient;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Compares a model's gradients with central differences of its loss. Where a step crosses the kink of a
 * ReLU there is no gradient to compare with.
 */
final class GradientCheck {
    private static final float STEP = 0.002f;
    private static final int MOST = 2;

    private final RankingModel model;
    private final EncodedExamples examples;
    private final int[] rows;
    private int checked;
    private int kinks;

    GradientCheck(RankingModel model, EncodedExamples examples) {
        this.model = model;
        this.examples = examples;
        this.rows = IntStream.range(0, examples.rows()).toArray();
    }

    int checked() {
        return checked;
    }

    int kinks() {
        return kinks;
    }

    /** Some values of every dense parameter, and one row of every embedding table that the batch touches. */
    void run() {
        model.read(examples);
        randomize();
        model.backward(rows, 0, rows.length, this::loss);
        float[] values = model.dense().values();
        float[] gradient = model.dense().gradient().clone();
        for (int i = 0; i < values.length; i++) {
            // Parameters begin at multiples of 16: some of each are enough to see that none is lost.
            if (gradient[i] != 0 && i % 16 < MOST) {
                float value = values[i];
                int at = i;
                check("dense parameter " + i, gradient[i], delta -> {
                    values[at] = value + delta;
                    model.dense().upload();
                });
            }
        }
        model.gradients().forEach(this::table);
    }

    private void table(SparseGradient gradients) {
        EmbeddingTable table = gradients.table();
        int row = IntStream.range(0, table.rows()).filter(gradients::has).max().orElseThrow();
        float[] gradient = gradients.of(row);
        float[] vector = table.vector(row);
        float firstOrder = table.firstOrder(row);
        for (int d = 0; d < gradient.length; d++) {
            int at = d;
            check("embedding row " + row + ", place " + d, gradient[d], delta -> {
                float[] moved = vector.clone();
                if (at < moved.length) {
                    moved[at] += delta;
                }
                table.set(row, moved, at < moved.length ? firstOrder : firstOrder + delta);
            });
        }
    }

    private interface Move {
        void by(float delta);
    }

    private void check(String what, float gradient, Move move) {
        double here = loss();
        double[] longer = slopes(move, here, STEP);
        double[] shorter = slopes(move, here, STEP / 2);
        // Richardson's extrapolation of the central differences: an error of the fourth order is left.
        double difference = (2 * (shorter[0] + shorter[1]) - (longer[0] + longer[1]) / 2) / 3;
        double tolerance = 2e-3 + 0.01 * Math.abs(difference);
        // A curve's slopes to the left and the right come together as the step shrinks, those at a kink don't.
        double gap = Math.abs(shorter[1] - shorter[0]);
        boolean atKink = gap > tolerance / 2 && gap > 0.6 * Math.abs(longer[1] - longer[0]);
        double change = Math.abs(shorter[0] + shorter[1] - longer[0] - longer[1]) / 2;
        if (atKink || change > tolerance / 2) {
            kinks++;
        } else {
            assertThat((double) gradient).as(what).isCloseTo(difference, within(tolerance));
            checked++;
        }
    }

    /** To the left, and to the right. */
    private double[] slopes(Move move, double here, float step) {
        move.by(step);
        double above = loss();
        move.by(-step);
        double below = loss();
        move.by(0);
        return new double[] {(here - below) / step, (above - here) / step};
    }

    private double loss() {
        float[] logits = new float[rows.length];
        model.predict(rows, 0, rows.length, logits);
        return loss(logits, rows.length, new float[rows.length]);
    }

    private double loss(float[] logits, int count, float[] gradient) {
        float[] labels = examples.label("click");
        double sum = 0;
        for (int b = 0; b < count; b++) {
            float weight = 0.5f + b % 3;
            sum += weight * LogisticLoss.of(logits[b], labels[b]) / count;
            gradient[b] = (float) (weight * (LogisticLoss.sigmoid(logits[b]) - labels[b]) / count);
        }
        return sum;
    }

    /** Far from the small initial values, so that every gradient is large enough to be compared. */
    private void randomize() {
        Random random = new Random(8);
        float[] values = model.dense().values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.4 * random.nextGaussian());
        }
        model.dense().upload();
        model.gradients().map(SparseGradient::table).forEach(table -> {
            for (int row = 0; row < table.rows(); row++) {
                float[] vector = new float[table.dimension()];
                for (int d = 0; d < vector.length; d++) {
                    vector[d] = (float) (0.7 * random.nextGaussian());
                }
                table.set(row, vector, (float) random.nextGaussian());
            }
        });
    }
}
