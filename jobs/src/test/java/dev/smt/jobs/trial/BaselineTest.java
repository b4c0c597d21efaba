package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Instantiation;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A model that a template makes is trained only where it is another one than its baseline. */
class BaselineTest {
    private static final List<Feature> FEATURES =
            List.of(new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(10)));
    private static final Template TEMPLATE = TemplateCatalog.named("sparse-nn-small");

    @Test
    void aTemplateThatMakesTheSameModelMakesItsBaseline() {
        ModelSpecification specification = made(TEMPLATE);
        assertThat(baseline(specification, Optional.of(specification.servingHash()))
                        .isOf(made(TEMPLATE)))
                .isTrue();
        assertThat(baseline(specification, Optional.empty()).isOf(made(TEMPLATE)))
                .as("a row of an earlier version was served as it was trained")
                .isTrue();
    }

    @Test
    void anotherTrainingOrAnotherServedFormIsAnotherModel() {
        ModelSpecification specification = made(TEMPLATE);
        assertThat(baseline(specification, Optional.of("another")).isOf(specification))
                .isFalse();
        Technique smoothing = Techniques.named("label-smoothing");
        Template changed = smoothing.apply(TEMPLATE, new ParameterValues(Map.of("label-smoothing.smoothing", 0.02)));
        assertThat(baseline(specification, Optional.of(specification.servingHash()))
                        .isOf(made(changed)))
                .isFalse();
    }

    private static ModelSpecification made(Template template) {
        return Instantiation.of(template, new TemplateInputs(PlantedModels.model("m", 1), FEATURES, List.of()));
    }

    private static Baseline baseline(ModelSpecification specification, Optional<String> servingHash) {
        OptionalDouble none = OptionalDouble.empty();
        List<Double> losses = List.of();
        BaselineRow row = new BaselineRow(
                "run",
                "m",
                "sparse-nn-small",
                1,
                "data",
                1,
                specification.hash(),
                Baselines.DONE,
                Optional.empty(),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                1000,
                1,
                1,
                losses,
                losses,
                losses,
                losses,
                servingHash);
        return new Baseline(row, FleetInputs.cost(specification));
    }
}
