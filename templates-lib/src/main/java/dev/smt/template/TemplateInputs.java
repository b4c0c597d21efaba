package dev.smt.template;

import dev.smt.feature.Feature;
import dev.smt.fleet.FleetModel;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What makes a model from a template (paper, section 3.2.2).
 *
 * @param model label, forbidden features, serving budget
 * @param available the features of its data pipeline
 * @param ranking feature names, the most important first, of the snapshot that the template pins; features that are not
 *     named come after, by name
 */
public record TemplateInputs(FleetModel model, List<Feature> available, List<String> ranking) implements Serializable {
    public TemplateInputs {
        Objects.requireNonNull(model, "model");
        available = List.copyOf(available);
        ranking = List.copyOf(ranking);
    }
}
