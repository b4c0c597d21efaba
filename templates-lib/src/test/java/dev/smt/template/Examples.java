package dev.smt.template;

import dev.smt.data.DataTemplate;
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
import dev.smt.training.TrainingTemplate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two templates, a small pipeline and a model of it. */
final class Examples {
    static final Template SPARSE = template("sparse-nn-medium", Paradigm.SPARSE_NN);
    static final Template DECOUPLED = template("decoupled-sparse-nn-medium", Paradigm.DECOUPLED_SPARSE_NN);

    static final Feature AGE = new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    static final Feature PRICE = new Feature("price", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn());
    static final Feature USER = new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(1000));
    static final Feature AD = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(200));
    static final Feature CLICKED =
            new Feature("clicked", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(200, 50));
    static final Feature CARTED =
            new Feature("carted", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(200, 50));
    static final List<Feature> PIPELINE = List.of(USER, AGE, CLICKED, CARTED, PRICE, AD);

    private Examples() {}

    /** Not from the catalog: hashes and texts in the tests stay true when a built-in template gets other values. */
    private static Template template(String name, Paradigm paradigm) {
        return new Template(
                name,
                new Architecture(paradigm, 16, 0, List.of(32), List.of(new Interaction.Dot()), List.of(64, 32)),
                new FeatureTemplate(Map.of(FeatureType.NUMERIC, 10, FeatureType.ID, 20), "", 20, SequencePooling.MEAN),
                DataTemplate.PLAIN,
                new TrainingTemplate(1, 512, 0.05, 0.001, 0, 1, 0, 0),
                new ServingTemplate(0.02),
                List.of(),
                List.of());
    }

    static FleetModel model(String... excluded) {
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
                List.of(OptimizationEvent.binary("is_click")),
                Set.of(excluded),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }

    static TemplateInputs inputs(String... excluded) {
        return new TemplateInputs(model(excluded), PIPELINE, List.of());
    }
}
