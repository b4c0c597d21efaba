package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.search.ParameterValues;
import dev.smt.template.ExposedSpace;
import dev.smt.template.Template;

/**
 * A model made from a template with its own values of the fields that the template exposes; all others are the template's.
 *
 * @param theta a point of the template's {@link ExposedSpace}
 */
record TunedInstance(FleetModel model, Template template, ParameterValues theta) {

    /** @throws IllegalArgumentException where a field is not exposed or a value is out of its bounds */
    TunedInstance {
        ExposedSpace.of(template).require(theta);
    }

    /** The fields' values by path. */
    ParameterValues values() {
        return ExposedSpace.values(template, theta);
    }
}
