package dev.smt.jobs.importance;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.template.Template;

/**
 * A model whose features are ranked, with every feature that it may read.
 *
 * @param template what it is made from
 * @param training what trains it
 */
record Reference(FleetModel model, Template template, TrialModel training) {}
