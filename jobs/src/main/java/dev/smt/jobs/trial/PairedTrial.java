package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.template.Template;

/**
 * A model to be trained from a template and compared with its baseline.
 *
 * @param model the model
 * @param template what to instantiate
 * @param baseline what to compare with
 * @param seed of the training; the baseline's own where noise should cancel
 */
public record PairedTrial(FleetModel model, Template template, Baseline baseline, long seed) {}
