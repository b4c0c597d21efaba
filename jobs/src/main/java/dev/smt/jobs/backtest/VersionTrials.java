package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.template.Template;
import java.util.List;

/** The models that a template's new version is tested on, each against its own baseline. */
interface VersionTrials {
    /** Models whose baseline could be trained. */
    List<FleetModel> models();

    /** For each template the results of all models, in their order: the same rows and seeds for every template. */
    List<List<PairedResult>> evaluate(List<Template> templates);
}
