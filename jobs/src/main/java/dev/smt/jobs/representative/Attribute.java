package dev.smt.jobs.representative;

import dev.smt.fleet.FleetModel;
import java.util.function.Function;

/** The six attributes that span the space of models (paper, section 3.3.1). */
public enum Attribute {
    RANKING_STAGE("ranking-stage", model -> model.stage().label()),
    FLOPS("flops", model -> Double.toString(model.flops())),
    HARDWARE("hardware", FleetModel::hardware),
    EVENT("event", FleetModel::event),
    SURFACE("surface", FleetModel::surface),
    DATA_CONSTRAINT("data-constraint", FleetModel::dataConstraint);

    private final String key;
    private final Function<FleetModel, String> category;

    Attribute(String key, Function<FleetModel, String> category) {
        this.key = key;
        this.category = category;
    }

    /** The attribute's name in configurations and reports, such as {@code ranking-stage}. */
    public String key() {
        return key;
    }

    /** The model's value as a text. */
    String category(FleetModel model) {
        return category.apply(model);
    }
}
