package dev.smt.model;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.Paradigm;
import dev.smt.serving.ServingTemplate;
import dev.smt.template.Instantiation;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import dev.smt.training.TrainingTemplate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small model of three events, made of a template, and rows to train and score. */
final class ModelExamples {
    static final Provenance PROVENANCE =
            new Provenance("feed-ctr", "decoupled-sparse-nn-medium@2", "ads", "data-1", "0.1.0");
    static final SortedMap<String, Double> METRICS =
            new TreeMap<>(Map.of("test.click.ne", 0.8125, "test.click.auc", 0.7));
    static final long SEED = 5;

    private static final Feature AGE = new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    private static final Feature PRICE =
            new Feature("price", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn());
    private static final Feature USER = new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(30));
    private static final Feature AD = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(40));
    private static final Feature HISTORY =
            new Feature("history", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(20, 3));

    private ModelExamples() {}

    static ModelSpecification specification(Paradigm paradigm, ServingTemplate serving) {
        return specification(template(paradigm, serving));
    }

    /** A model of one tower with some fields of its template set. */
    static ModelSpecification specification(Map<String, ?> fields) {
        return specification(TemplateFields.withAll(template(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT), fields));
    }

    private static ModelSpecification specification(Template template) {
        return Instantiation.of(
                template, new TemplateInputs(model(), List.of(AGE, PRICE, USER, AD, HISTORY), List.of()));
    }

    private static Template template(Paradigm paradigm, ServingTemplate serving) {
        return new Template(
                paradigm == Paradigm.SPARSE_NN ? "sparse-nn-medium" : "decoupled-sparse-nn-medium",
                new Architecture(
                        paradigm,
                        4,
                        0,
                        List.of(4),
                        List.of(new Interaction.Dot(), new Interaction.Cross(1, 2)),
                        List.of(6)),
                new FeatureTemplate(
                        Map.of(FeatureType.NUMERIC, 5, FeatureType.ID, 5, FeatureType.EVENT, 5),
                        "",
                        3,
                        SequencePooling.MEAN),
                DataTemplate.PLAIN.withNegativeRate(0.7),
                new TrainingTemplate(1, 32, 0.05, 0.01, 0, 0.5, 0.01, 0.02),
                serving,
                List.of(),
                List.of());
    }

    /** The trained model's file. */
    static StoredModel stored(Paradigm paradigm, ServingTemplate serving) {
        return stored(specification(paradigm, serving));
    }

    static StoredModel stored(ModelSpecification specification) {
        try (TrainedModel trained = new ModelTrainer().train(specification, rows(300, 1), SEED)) {
            return new StoredModel(specification, PROVENANCE, METRICS, trained.state());
        }
    }

    private static FleetModel model() {
        return new FleetModel(
                "feed-ctr",
                RankingStage.RANKING,
                1e6,
                "cpu",
                "ctr",
                "feed",
                "full",
                1,
                "ads",
                List.of(
                        OptimizationEvent.parse("click"),
                        OptimizationEvent.parse("value:amount|click*0.3"),
                        OptimizationEvent.parse("rating:levels(3)")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }

    static EncodedExamples rows(int rows, long seed) {
        Random random = new Random(seed);
        float[] age = new float[rows];
        float[] price = new float[rows];
        int[] user = new int[rows];
        int[] ad = new int[rows];
        int[] offsets = new int[rows + 1];
        int[] history = random.ints(2L * rows, 0, 20).toArray();
        float[] click = new float[rows];
        float[] value = new float[rows];
        float[] rating = new float[rows];
        long[] hashes = new long[rows];
        for (int row = 0; row < rows; row++) {
            age[row] = (float) random.nextGaussian();
            price[row] = (float) random.nextGaussian();
            user[row] = random.nextInt(30);
            ad[row] = random.nextInt(40);
            offsets[row + 1] = 2 * (row + 1);
            double logit = 3 * Mixing.unit(ad[row], 1) - 1.5 + age[row];
            click[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            value[row] = click[row] * (float) (2 + price[row] + random.nextGaussian());
            rating[row] = random.nextInt(3);
            hashes[row] = random.nextLong();
        }
        return EncodedExamples.builder(rows)
                .numeric(AGE, age)
                .numeric(PRICE, price)
                .ids(USER, user)
                .ids(AD, ad)
                .sequences(HISTORY, offsets, history)
                .label("click", click)
                .label("value", value)
                .label("rating", rating)
                .rowHashes(hashes)
                .build();
    }
}
