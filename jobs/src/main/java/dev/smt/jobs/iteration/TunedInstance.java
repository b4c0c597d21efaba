package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.trial.Candidate;
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

    /** With the fields' values by path. */
    Candidate candidate() {
        return new Candidate(model, template, ExposedSpace.values(template, theta));
    }
}
