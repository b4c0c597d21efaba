package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.BackTestRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.EvaluationConfiguration;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.SegmentMetrics;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The step {@code backtest}: every new template version, with all its techniques, against the version it was made from,
 * on test rows and a seed that had no part in choosing the techniques (paper, section 3.3.2, Template Integration).
 */
public final class BackTestStep implements Step {
    private final BackTestConfiguration configuration;
    private final MmoConfiguration study;
    private final EvaluationConfiguration evaluation;

    public BackTestStep(
            BackTestConfiguration configuration, MmoConfiguration study, EvaluationConfiguration evaluation) {
        this.evaluation = evaluation;
        this.configuration = configuration;
        this.study = study;
    }

    @Override
    public String name() {
        return "backtest";
    }

    @Override
    public List<String> needs() {
        return List.of("representatives", "importance", "mmo", "integrate");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("back-test", "evaluation"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        StudyModels models = new StudyModels(context, fleet, templates);
        Map<String, String> integrated = context.outputs("integrate");
        Map<String, String> outputs = new TreeMap<>();
        List<BackTestRow> rows = new ArrayList<>();
        List<String> summary = new ArrayList<>();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Baselines baselines =
                    new Baselines(warehouse, fleet, templates, executors, context.progress(), evaluation.segments());
            SegmentMetrics segments = new SegmentMetrics(warehouse, fleet, runId, name());
            for (String name : context.outputs("importance").keySet()) {
                TemplateVersionRow base = templates.version(name, Integer.parseInt(integrated.get("base." + name)));
                TemplateVersionRow next = templates.version(name, Integer.parseInt(integrated.get(name)));
                outputs.put(name, Integer.toString(next.version()));
                if (next.version() == base.version()) {
                    summary.add(name + " has no new version to test");
                    continue;
                }
                List<FleetModel> tested = (configuration.allModels() ? fleet.models() : models.representatives())
                        .stream().filter(model -> model.template().equals(name)).toList();
                Map<String, Baseline> known = baselines.of(runId, tested, model -> base, freshSeed(study.seed()));
                List<PairedTrial> trials = trials(tested, known, templates.template(next));
                List<PairedResult> results = evaluate(context, fleet, executors, name, trials);
                results.forEach(result -> rows.add(row(runId, next, result)));
                segments.keep(trials.stream().map(PairedTrial::model).toList(), results, model -> next.version());
                if (!judge(context, next, base, trials, results, summary)) {
                    outputs.put(name, Integer.toString(base.version()));
                }
            }
        }
        warehouse.upsert(BackTestRow.TABLE, rows);
        return new StepResult(summary, outputs, evaluation.andTables("back_tests", "baselines"));
    }

    /** The seed of trainings whose results must not depend on the study's choices. */
    public static long freshSeed(long studySeed) {
        return Seeds.of(studySeed, "fresh");
    }

    private List<PairedTrial> trials(List<FleetModel> models, Map<String, Baseline> baselines, Template next) {
        return models.stream()
                .filter(model -> !baselines.get(model.id()).failed())
                .map(model -> new PairedTrial(
                        model, next, baselines.get(model.id()), Seeds.training(freshSeed(study.seed()), model.id(), 0)))
                .toList();
    }

    private List<PairedResult> evaluate(
            RunContext context, FleetInputs fleet, ExecutorFanOut executors, String name, List<PairedTrial> trials) {
        try (Progress.Counter counter = context.progress().count(name + " back-test trainings", trials.size())) {
            return new PairedTrials(fleet, executors, evaluation.segments())
                    .evaluate(trials, Split.TEST, () -> counter.add(1));
        }
    }

    private boolean judge(
            RunContext context,
            TemplateVersionRow next,
            TemplateVersionRow base,
            List<PairedTrial> trials,
            List<PairedResult> results,
            List<String> summary) {
        if (trials.isEmpty()) {
            summary.add(next.template() + " version " + next.version()
                    + " is not tested and not rolled out: no model of the back-test uses the template");
            return false;
        }
        FleetObjective objective = StudyModels.objective(
                trials.stream().map(PairedTrial::model).toList(), study.alpha(), study.epsilon(), study.tau());
        BackTestVerdict verdict = BackTestVerdict.of(
                objective.outcome(results.stream().map(PairedResult::delta).toList()),
                SingleGains.of(
                        context,
                        next,
                        base,
                        trials.stream().map(PairedTrial::model).toList(),
                        TechniqueDecisions.ofStudy(
                                context.warehouse(), context.outputs("mmo").get("study"))),
                configuration.gainShare(),
                study.epsilon());
        summary.add(
                next.template() + " version " + next.version() + " on " + trials.size() + " models: " + verdict.text());
        return verdict.passed();
    }

    private BackTestRow row(String runId, TemplateVersionRow version, PairedResult result) {
        return new BackTestRow(
                runId,
                version.template(),
                version.version(),
                result.delta().modelId(),
                result.neDelta(),
                result.neDeltaSe(),
                result.flopsRatio(),
                !result.delta().failed() && result.delta().delta() >= -study.alpha(),
                result.reason(),
                OptionalDouble.of(result.bytesRatio()));
    }
}
