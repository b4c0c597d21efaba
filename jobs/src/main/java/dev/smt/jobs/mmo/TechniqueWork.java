package dev.smt.jobs.mmo;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Technique;
import dev.smt.template.Template;
import java.util.List;

/**
 * One technique of a study, on the models that it fits and whose baselines are trained.
 *
 * @param runId the run that does the work
 * @param models 0 or more
 * @param study the template versions that the models start from
 * @param ledger the trials that are done
 * @param commits writes trials
 * @param trials trains and pairs
 */
record TechniqueWork(
        RunContext context,
        String runId,
        Technique technique,
        List<FleetModel> models,
        StudyModels study,
        PublishedTemplates templates,
        TrialLedger ledger,
        TrialCommits commits,
        PairedTrials trials,
        MmoConfiguration configuration) {
    TechniqueWork {
        models = List.copyOf(models);
    }

    FleetObjective objective() {
        return StudyModels.objective(models, configuration.alpha(), configuration.epsilon(), configuration.tau());
    }

    Template base(FleetModel model) {
        return templates.template(study.base(model));
    }

    /** The model with the technique at theta, to be trained with the seed that its baseline has in this study seed. */
    PairedTrial pair(FleetModel model, ParameterValues theta, Baseline baseline, long studySeed) {
        return new PairedTrial(
                model, technique.apply(base(model), theta), baseline, Seeds.training(studySeed, model.id(), 0));
    }

    /** The largest tolerance of the models' templates. */
    double capacityTolerance() {
        return models.stream()
                .mapToDouble(model -> base(model).serving().capacityTolerance())
                .max()
                .orElse(0);
    }
}
