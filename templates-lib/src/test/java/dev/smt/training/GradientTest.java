package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Interaction;
import dev.smt.nn.InteractionExamples;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of all parameters, dense and embedded, against central differences of the loss. Where the differences to
 * the left and to the right disagree, a step crossed the kink of a ReLU, and there is no gradient to compare with.
 */
class GradientTest {
    private int checked;
    private int kinks;

    private static final int ROWS = 12;
    private static final float STEP = 0.001f;
    private static final int MANY = 500;
    private static final EncodedExamples EXAMPLES = PlantedExamples.of(ROWS, 3);
    private static final int[] ALL_ROWS = IntStream.range(0, ROWS).toArray();

    static Stream<NetworkSpecification> specifications() {
        List<NetworkSpecification> all = new ArrayList<>();
        for (Paradigm paradigm : Paradigm.values()) {
            for (Interaction interaction : InteractionExamples.all()) {
                all.add(specification(paradigm, List.of(interaction), 0, SequencePooling.MEAN, 0));
            }
            List<Interaction> several = List.of(new Interaction.Dot(), new Interaction.Cross(2, 2));
            all.add(specification(paradigm, several, 0, SequencePooling.SUM, 1));
            all.add(specification(paradigm, several, 2, SequencePooling.MEAN, 2));
        }
        for (HiddenLayers.Activation activation : HiddenLayers.Activation.values()) {
            all.add(new NetworkSpecification(
                    new Architecture(
                                    Paradigm.SPARSE_NN, 3, 0, List.of(4), List.of(new Interaction.Dot()), List.of(5, 4))
                            .withHiddenLayers(new HiddenLayers(activation, HiddenLayers.Normalization.LAYER, 0)),
                    PlantedExamples.ALL,
                    4,
                    SequencePooling.MEAN,
                    List.of(OptimizationEvent.binary("click"))));
        }
        return all.stream();
    }

    private static NetworkSpecification specification(
            Paradigm paradigm,
            List<Interaction> interactions,
            int interactionWidth,
            SequencePooling pooling,
            int experts) {
        return new NetworkSpecification(
                new Architecture(paradigm, 3, 0, List.of(4), interactions, List.of(5))
                        .withInteractionWidth(interactionWidth)
                        .withExperts(experts),
                PlantedExamples.ALL,
                4,
                pooling,
                List.of(OptimizationEvent.binary("click")));
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void equalTheDifferencesOfTheLoss(NetworkSpecification specification) {
        try (RankingModel model = new RankingModel(specification, ROWS, 5, EmbeddingOptimizer.Kind.SGD.create(0))) {
            model.read(EXAMPLES);
            randomize(model);
            model.backward(ALL_ROWS, 0, ROWS, GradientTest::loss);

            checkDense(model);
            checkEmbeddings(model);

            assertThat(checked).isGreaterThan(50);
            assertThat(kinks).isLessThan(checked / 5);
        }
    }

    private void checkDense(RankingModel model) {
        float[] values = model.dense().values();
        float[] gradient = model.dense().gradient().clone();
        // A parameter begins at a multiple of the alignment: some of each are looked at where there are many.
        int perLine = values.length > MANY ? 2 : DenseLayout.ALIGNMENT;
        for (int i = 0; i < values.length; i++) {
            // Padding and dead units have no gradient; one of a line is enough to see that none was lost.
            int place = i % DenseLayout.ALIGNMENT;
            if (gradient[i] != 0 ? place < perLine : place == 0) {
                float value = values[i];
                int at = i;
                check("dense parameter " + i, gradient[i], model, delta -> {
                    values[at] = value + delta;
                    model.dense().upload();
                });
            }
        }
    }

    private void checkEmbeddings(RankingModel model) {
        for (FeatureEmbedding embedding : model.embeddings().toList()) {
            EmbeddingTable table = embedding.gradients().get(0).table();
            int row = touchedRow(embedding);
            float[] gradient = embedding.gradients().get(0).of(row);
            for (int d = 0; d < gradient.length; d++) {
                float[] vector = table.vector(row);
                float firstOrder = table.firstOrder(row);
                int at = d;
                check("embedding row " + row + ", place " + d, gradient[d], model, delta -> {
                    float[] moved = vector.clone();
                    if (at < moved.length) {
                        moved[at] += delta;
                    }
                    table.set(row, moved, at < moved.length ? firstOrder : firstOrder + delta);
                });
            }
        }
    }

    private static int touchedRow(FeatureEmbedding embedding) {
        return IntStream.range(0, embedding.gradients().get(0).table().rows())
                .filter(row -> embedding.gradients().get(0).has(row))
                .findFirst()
                .orElseThrow();
    }

    private interface Move {
        void by(float delta);
    }

    private void check(String what, float gradient, RankingModel model, Move move) {
        DoubleSupplier loss = () -> {
            float[] logits = new float[ROWS];
            model.predict(ALL_ROWS, 0, ROWS, logits);
            return loss(logits, ROWS, new float[ROWS]);
        };
        double here = loss.getAsDouble();
        move.by(STEP);
        double above = loss.getAsDouble();
        move.by(-STEP);
        double below = loss.getAsDouble();
        move.by(0);
        double difference = (above - below) / (2 * STEP);
        double tolerance = 2e-3 + 0.01 * Math.abs(difference);
        if (Math.abs(above - 2 * here + below) / STEP > tolerance) {
            kinks++;
        } else {
            assertThat((double) gradient).as(what).isCloseTo(difference, within(tolerance));
            checked++;
        }
    }

    private static double loss(float[] logits, int count, float[] gradient) {
        double sum = 0;
        for (int b = 0; b < count; b++) {
            double weight = 0.5 + b % 3;
            float target = EXAMPLES.label("click")[b];
            sum += weight * LogisticLoss.of(logits[b], target);
            gradient[b] = (float) (weight * (LogisticLoss.sigmoid(logits[b]) - target) / count);
        }
        return sum / count;
    }

    /** Far from the small initial values, so that every gradient is large enough to be compared. */
    private static void randomize(RankingModel model) {
        Random random = new Random(8);
        float[] values = model.dense().values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.4 * random.nextGaussian());
        }
        model.dense().upload();
        model.embeddings().forEach(embedding -> {
            EmbeddingTable table = embedding.gradients().get(0).table();
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
