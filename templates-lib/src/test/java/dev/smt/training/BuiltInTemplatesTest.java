package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.nn.Paradigm;
import dev.smt.serving.ServingCost;
import dev.smt.serving.ServingCosts;
import dev.smt.template.Instantiation;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The six templates side by side: what they cost, and that each can be trained. */
class BuiltInTemplatesTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(4_000, 1);
    private static final EncodedExamples TEST = PlantedExamples.of(2_000, 2);

    /** Also where the scales get the same few features, so that only their layers differ. */
    @ParameterizedTest
    @EnumSource(Paradigm.class)
    void aLargerTemplateCostsMoreOnTheSameInputs(Paradigm paradigm) {
        for (int perType : List.of(1, 3, 8, 50)) {
            TemplateInputs inputs = new TemplateInputs(model(Set.of()), features(perType), List.of());
            List<ServingCost> costs = Stream.of("small", "medium", "large")
                    .map(scale -> cost(template(paradigm, scale), inputs))
                    .toList();

            assertThat(costs).extracting(ServingCost::flops).isSorted().doesNotHaveDuplicates();
            assertThat(costs).extracting(ServingCost::parameterBytes).isSorted().doesNotHaveDuplicates();
        }
    }

    static Stream<Template> templates() {
        return TemplateCatalog.builtIn().stream();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyTemplateLearnsInOneEpoch(Template template) {
        TemplateInputs inputs = new TemplateInputs(model(Set.of("history")), PlantedExamples.ALL, List.of());

        try (TrainedModel model = new ModelTrainer().train(Instantiation.of(template, inputs), TRAIN, 7)) {
            assertThat(model.evaluate(TEST).normalizedEntropy()).isBetween(0.5, 0.99);
        }
    }

    private static Template template(Paradigm paradigm, String scale) {
        return TemplateCatalog.builtIn().stream()
                .filter(template -> template.architecture().paradigm() == paradigm)
                .filter(template -> template.name().endsWith("-" + scale))
                .findFirst()
                .orElseThrow();
    }

    private static ServingCost cost(Template template, TemplateInputs inputs) {
        return ServingCosts.of(Instantiation.of(template, inputs).network());
    }

    private static List<Feature> features(int perType) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < perType; i++) {
            for (FeatureSide side : List.of(FeatureSide.USER, FeatureSide.ITEM)) {
                String suffix = i + "-" + side;
                features.add(new Feature("numeric-" + suffix, FeatureType.NUMERIC, side, new NumericColumn()));
                features.add(new Feature("id-" + suffix, FeatureType.ID, side, new IdColumn(1000)));
                features.add(new Feature("cross-" + suffix, FeatureType.TRANSFORM, side, new IdColumn(5000)));
            }
        }
        return features;
    }

    private static FleetModel model(Set<String> excluded) {
        return new FleetModel(
                "feed-click",
                RankingStage.RANKING,
                1e6,
                "cpu",
                "ctr",
                "feed",
                "full",
                1,
                "feed",
                List.of(OptimizationEvent.binary("click")),
                excluded,
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }
}
