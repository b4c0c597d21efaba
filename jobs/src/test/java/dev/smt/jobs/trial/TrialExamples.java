package dev.smt.jobs.trial;

import dev.smt.data.RowSample;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.FleetModel;
import dev.smt.template.Instantiation;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import java.util.List;

/** Trial models to be sent; their examples are nowhere. */
final class TrialExamples {
    private static final List<Feature> FEATURES =
            List.of(new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(10)));

    private TrialExamples() {}

    static TrialModel trial(String id) {
        FleetModel model = PlantedModels.model(id, 1);
        ModelSpecification specification = Instantiation.of(
                TemplateCatalog.named("sparse-nn-small"), new TemplateInputs(model, FEATURES, List.of()));
        return new TrialModel(
                id, model.pipeline(), "version", specification, 1, List.of(), List.of(), RowSample.ALL, 1);
    }
}
