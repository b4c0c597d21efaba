package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.search.ParameterValues;
import dev.smt.template.Template;

/**
 * A model to be trained from a template and compared with its baseline.
 *
 * @param model the model
 * @param template what to instantiate
 * @param values the model's own values of fields that the template exposes, by path
 * @param baseline what to compare with
 * @param seed of the training; the baseline's own where noise should cancel
 */
public record PairedTrial(FleetModel model, Template template, ParameterValues values, Baseline baseline, long seed) {

    /** A model with the template's own values. */
    public PairedTrial(FleetModel model, Template template, Baseline baseline, long seed) {
        this(model, template, ParameterValues.empty(), baseline, seed);
    }
}
