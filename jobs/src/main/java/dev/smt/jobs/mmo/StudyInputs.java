package dev.smt.jobs.mmo;

import dev.smt.data.RowSample;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.StudyModels;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a study's trainings are made of.
 *
 * @param runId the run that does the work
 * @param models the representatives, and the template versions that they start from
 */
record StudyInputs(
        RunContext context,
        String runId,
        FleetInputs fleet,
        PublishedTemplates templates,
        StudyModels models,
        ExecutorFanOut executors) {
    static StudyInputs open(RunContext context, String runId, ExecutorFanOut executors) {
        PublishedTemplates templates = new PublishedTemplates(context.warehouse(), context.clock());
        FleetInputs fleet = new FleetInputs(context.warehouse());
        StudyModels models = new StudyModels(context, fleet, templates);
        StudyModels.requireWeight(models.representatives());
        return new StudyInputs(context, runId, fleet, templates, models, executors);
    }

    /** Trains baselines on the rows of a sample; threads that ask for the same ones must share it. */
    Baselines trainer(RowSample rows) {
        return new Baselines(context.warehouse(), fleet.sampled(rows), templates, executors, context.progress());
    }

    /** The representatives' baselines by model; those on all rows are kept in the table. */
    Map<String, Baseline> baselines(RowSample rows, long seed) {
        List<FleetModel> representatives = models.representatives();
        return rows.isAll()
                ? trainer(rows).of(runId, representatives, models::base, seed)
                : trainer(rows).ofSample(runId, representatives, models::base, seed);
    }

    /** Trains and pairs on the rows of a sample. */
    PairedTrials trials(RowSample rows) {
        return new PairedTrials(fleet.sampled(rows), executors);
    }

    /** What the results of some models' trainings depend on, but for seeds and thetas, in words. */
    String identity(List<FleetModel> of) {
        return of.stream()
                .map(model -> String.join(
                        " ",
                        model.id(),
                        Double.toString(model.weight()),
                        models.base(model).specHash(),
                        fleet.manifest(model).dataVersion()))
                .collect(Collectors.joining("\n"));
    }
}
