package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
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
import java.util.stream.IntStream;

/**
 * Rows whose label depends on known things: strongly on the ad, less on age, on the ids of the history, and on the pair
 * of user group and ad group; not at all on the feature named noise.
 */
public final class PlantedExamples {
    public static final Feature AGE = new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    public static final Feature PRICE =
            new Feature("price", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn());
    public static final Feature USER = new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(40));
    public static final Feature AD = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(60));
    public static final Feature NOISE = new Feature("noise", FeatureType.ID, FeatureSide.CONTEXT, new IdColumn(10));
    public static final Feature HISTORY =
            new Feature("history", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(30, 5));
    public static final List<Feature> ALL = List.of(AGE, PRICE, USER, AD, NOISE, HISTORY);

    private PlantedExamples() {}

    public static EncodedExamples of(int rows, long seed) {
        Random random = new Random(seed);
        float[] age = new float[rows];
        float[] price = new float[rows];
        int[] user = new int[rows];
        int[] ad = new int[rows];
        int[] noise = new int[rows];
        int[] offsets = new int[rows + 1];
        int[] history = new int[rows * 5];
        float[] click = new float[rows];
        float[] truth = new float[rows];
        byte[] buckets = new byte[rows];
        long[] hashes = new long[rows];
        long[] times = new long[rows];
        for (int row = 0; row < rows; row++) {
            age[row] = (float) random.nextGaussian();
            price[row] = (float) random.nextGaussian();
            user[row] = random.nextInt(40);
            ad[row] = random.nextInt(60);
            noise[row] = random.nextInt(10);
            double logit = -1 + 1.2 * effect(ad[row]) + 0.5 * age[row] + (user[row] % 2 == ad[row] % 2 ? 1 : -1);
            int length = random.nextInt(6);
            for (int i = 0; i < length; i++) {
                int id = random.nextInt(30);
                history[offsets[row] + i] = id;
                logit += 0.4 * effect(id + 1000);
            }
            offsets[row + 1] = offsets[row] + length;
            truth[row] = (float) logit;
            click[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            buckets[row] = (byte) user[row];
            hashes[row] = random.nextLong();
            times[row] = 1_000L * row;
        }
        return EncodedExamples.builder(rows)
                .numeric(AGE, age)
                .numeric(PRICE, price)
                .ids(USER, user)
                .ids(AD, ad)
                .ids(NOISE, noise)
                .sequences(HISTORY, offsets, Arrays.copyOf(history, offsets[rows]))
                .label("click", click)
                .label("true logit", truth)
                .buckets(buckets)
                .rowHashes(hashes)
                .times(times)
                .build();
    }

    /** Other rows with the same features, to which labels and the rest are to be added. */
    static EncodedExamplesBuilder features(EncodedExamples rows) {
        return EncodedExamples.builder(rows.rows())
                .numeric(AGE, rows.numeric("age"))
                .numeric(PRICE, rows.numeric("price"))
                .ids(USER, rows.ids("user"))
                .ids(AD, rows.ids("ad"))
                .ids(NOISE, rows.ids("noise"))
                .sequences(
                        HISTORY,
                        rows.sequences("history").offsets(),
                        rows.sequences("history").values());
    }

    public static ModelSpecification specification(Paradigm paradigm, TrainingTemplate training) {
        Architecture architecture = new Architecture(
                paradigm,
                8,
                0,
                List.of(16),
                List.of(new Interaction.Dot(), new Interaction.Cross(1, 4)),
                List.of(32, 16));
        return specification(architecture, DataTemplate.PLAIN, training);
    }

    public static ModelSpecification specification(
            Architecture architecture, DataTemplate data, TrainingTemplate training) {
        NetworkSpecification network = new NetworkSpecification(
                architecture, ALL, 5, SequencePooling.MEAN, List.of(OptimizationEvent.binary("click")));
        return new ModelSpecification(network, data, training, "0");
    }

    public static TrainingTemplate training(int epochs, int batchSize) {
        return new TrainingTemplate(epochs, batchSize, 0.05, 0.002, 0.1, 0.1, 0.01, 0);
    }

    /** Share of positives. */
    static double rate(EncodedExamples rows) {
        float[] labels = rows.label("click");
        return IntStream.range(0, rows.rows())
                .mapToDouble(row -> labels[row])
                .average()
                .orElseThrow();
    }

    /** A fixed effect of an id, uniform in [-1.5, 1.5). */
    private static double effect(int id) {
        return 3 * Mixing.unit(id, 1) - 1.5;
    }
}
