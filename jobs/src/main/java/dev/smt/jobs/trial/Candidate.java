package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.search.ParameterValues;
import dev.smt.template.Template;

/**
 * A model as it might be.
 *
 * @param model the model
 * @param template what to instantiate
 * @param values the model's own values of fields that the template exposes, by path
 */
public record Candidate(FleetModel model, Template template, ParameterValues values) {}
