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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One technique of a study, on the models that it fits and whose baselines are trained.
 *
 * @param runId the run that does the work
 * @param models 0 or more
 * @param study the template versions that the models start from
 * @param ledger the trials that are done
 * @param commits writes trials
 * @param trials trains and pairs, on the rows that the search sees
 * @param onAllRows trains and pairs on all rows
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
        PairedTrials onAllRows,
        MmoConfiguration configuration) {
    TechniqueWork {
        models = List.copyOf(models);
    }

    /** Whether the search sees a share of the rows only. */
    boolean isSampled() {
        return !trials.sample().isAll();
    }

    FleetObjective objective() {
        return StudyModels.objective(models, configuration.alpha(), configuration.epsilon(), configuration.tau());
    }

    Template base(FleetModel model) {
        return templates.template(study.base(model));
    }

    /** The model with the technique at theta, to be trained with the seed that its baseline has in this study seed. */
    PairedTrial pair(FleetModel model, ParameterValues theta, Baseline baseline, long studySeed) {
        return pair(model, technique.apply(base(model), theta), baseline, studySeed);
    }

    /** The same with the model's template that has the technique already. */
    PairedTrial pair(FleetModel model, Template template, Baseline baseline, long studySeed) {
        return new PairedTrial(model, template, baseline, Seeds.training(studySeed, model.id(), 0));
    }

    /** What the technique may cost: the largest tolerance of the models' templates. */
    CapacityLimit capacity() {
        return configuration.allowOverCapacity() ? CapacityLimit.NONE : new CapacityLimit(capacityTolerance());
    }

    /** The largest tolerance of the models' templates, whether it decides or not. */
    double capacityTolerance() {
        return models.stream()
                .mapToDouble(model -> base(model).serving().capacityTolerance())
                .max()
                .orElse(0);
    }

    /** The models' templates with the technique at theta, applied once to each template: several models share one. */
    Function<FleetModel, Template> applied(ParameterValues theta) {
        Map<Template, Template> applied = new IdentityHashMap<>();
        return model -> applied.computeIfAbsent(base(model), base -> technique.apply(base, theta));
    }

    /**
     * Whether the models could be served with the technique at theta, known without training.
     *
     * @param baselines by model
     */
    boolean affords(ParameterValues theta, Map<String, Baseline> baselines) {
        CapacityLimit limit = capacity();
        return limit.isNone() || limit.allows(flopsRatio(theta, baselines));
    }

    /** The weighted mean over the models of inference FLOPs with the technique / their baselines'. */
    private double flopsRatio(ParameterValues theta, Map<String, Baseline> baselines) {
        Map<String, Double> weights = objective().weights();
        Function<FleetModel, Template> applied = applied(theta);
        return models.stream()
                .mapToDouble(model -> weights.get(model.id())
                        * trials.cost(pair(
                                        model, applied.apply(model), baselines.get(model.id()), configuration.seed()))
                                .flops())
                .sum();
    }
}
