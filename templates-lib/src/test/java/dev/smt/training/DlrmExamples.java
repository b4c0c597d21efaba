package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/**
 * The model and the rows of {@code benchmarks/trainer.md}: 26 id features of width 16, 13 numeric features, numeric tower
 * 64, dot interaction, head 256-128 (the shape of DLRM on Criteo's data; Naumov et al. 2019).
 */
final class DlrmExamples {
    static final int IDS = 26;
    static final int NUMBERS = 13;
    static final int DIMENSION = 16;
    static final int CARDINALITY = 100_000;
    private static final double ZIPF_EXPONENT = 1.05;

    private DlrmExamples() {}

    static ModelSpecification specification(EncodedExamples rows, int batch) {
        Architecture architecture = new Architecture(
                Paradigm.SPARSE_NN, DIMENSION, 0, List.of(64), List.of(new Interaction.Dot()), List.of(256, 128));
        return new ModelSpecification(
                new NetworkSpecification(
                        architecture,
                        rows.features(),
                        1,
                        SequencePooling.MEAN,
                        List.of(OptimizationEvent.binary("click"))),
                DataTemplate.PLAIN,
                new TrainingTemplate(1, batch, 0.02, 0.001, 0, 1, 0, 0),
                "0");
    }

    /** Rows with uniform ids. */
    static EncodedExamples uniform(int count, int cardinality) {
        Random random = new Random(1);
        return rows(count, cardinality, random, () -> random.nextInt(cardinality));
    }

    /** The same rows, but with uniform ids of another range in the first feature. */
    static EncodedExamples withLargeFirst(EncodedExamples rows, int count, int cardinality) {
        EncodedExamplesBuilder builder = EncodedExamples.builder(count);
        Random random = new Random(2);
        for (Feature feature : rows.features()) {
            if (feature.name().equals("id0")) {
                builder.ids(
                        new Feature("id0", FeatureType.ID, FeatureSide.USER, new IdColumn(cardinality)),
                        random.ints(count, 0, cardinality).toArray());
            } else if (feature.column() instanceof IdColumn) {
                builder.ids(feature, rows.ids(feature.name()));
            } else {
                builder.numeric(feature, rows.numeric(feature.name()));
            }
        }
        return builder.label("click", rows.label("click")).build();
    }

    /** Rows with ids of a Zipf distribution; which ids are frequent differs from feature to feature. */
    static EncodedExamples zipf(int count) {
        Random random = new Random(1);
        double[] cumulative = new double[CARDINALITY];
        double sum = 0;
        for (int rank = 0; rank < CARDINALITY; rank++) {
            sum += Math.pow(rank + 1.0, -ZIPF_EXPONENT);
            cumulative[rank] = sum;
        }
        double total = sum;
        return rows(count, CARDINALITY, random, () -> {
            int at = Arrays.binarySearch(cumulative, random.nextDouble() * total);
            long rank = at < 0 ? -at - 1 : at;
            // A bijection, because the factor is prime to the cardinality.
            return (int) (rank * 48_271 % CARDINALITY);
        });
    }

    private static EncodedExamples rows(int count, int cardinality, Random random, IntSupplier id) {
        EncodedExamplesBuilder builder = EncodedExamples.builder(count);
        for (int i = 0; i < IDS; i++) {
            int[] ids = new int[count];
            Arrays.setAll(ids, row -> id.getAsInt());
            builder.ids(new Feature("id" + i, FeatureType.ID, FeatureSide.USER, new IdColumn(cardinality)), ids);
        }
        for (int i = 0; i < NUMBERS; i++) {
            float[] values = new float[count];
            for (int row = 0; row < count; row++) {
                values[row] = (float) random.nextGaussian();
            }
            builder.numeric(
                    new Feature("number" + i, FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn()), values);
        }
        float[] labels = new float[count];
        for (int row = 0; row < count; row++) {
            labels[row] = random.nextInt(10) == 0 ? 1 : 0;
        }
        return builder.label("click", labels).build();
    }
}
