package dev.smt.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.NetworkSpecification;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The FLOPs of the built-in templates on the page about coverage are the estimator's. */
class CoveragePageTest {
    @Test
    void saysWhatTheScalesCost() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "coverage.md"));
        assertThat(TemplateCatalog.builtIn()).allSatisfy(template -> assertThat(page)
                .contains(String.format(Locale.ROOT, "%,.0f", flops(template))));
    }

    /** With as many numeric, id and transform features as the template uses, by turns of users and of items. */
    private static double flops(Template template) {
        List<Feature> features = new ArrayList<>();
        add(features, template, FeatureType.NUMERIC, new NumericColumn());
        add(features, template, FeatureType.ID, new IdColumn(1000));
        add(features, template, FeatureType.TRANSFORM, new IdColumn(1000));
        return ServingCosts.of(new NetworkSpecification(
                        template.architecture(),
                        features,
                        1,
                        SequencePooling.SUM,
                        List.of(OptimizationEvent.binary("click"))))
                .flops();
    }

    private static void add(List<Feature> features, Template template, FeatureType type, Column column) {
        for (int i = 0; i < template.features().topK().get(type); i++) {
            FeatureSide side = i % 2 == 0 ? FeatureSide.USER : FeatureSide.ITEM;
            features.add(new Feature(type + " " + i, type, side, column));
        }
    }
}
