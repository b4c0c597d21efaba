package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.BackTestRow;
import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.EvaluationConfiguration;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.SegmentMetrics;
import dev.smt.jobs.trial.StudyModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.functions;

/**
 * The step {@code backtest}: every new template version, with all its techniques, against the version it was made from,
 * on test rows and a seed that had no part in choosing the techniques (paper, section 3.3.2, Template Integration). Where
 * it fails, techniques are left out until it passes, and the version without them is published.
 */
public final class BackTestStep implements Step {
    /** Cause of the versions that this step publishes. */
    public static final String CAUSE = "back-test";

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
        List<FleetModel> tested = configuration.allModels() ? fleet.models() : models.representatives();
        StudyTables tables = StudyTables.of(context);
        SegmentMetrics segments = new SegmentMetrics(warehouse, fleet, runId, name());
        TemplateBackTest backTest = new TemplateBackTest(
                runId,
                tables.studyId(),
                configuration,
                study,
                (template, parent, techniques) -> templates.publish(runId, template, parent, techniques, CAUSE),
                (version, ofVersion, results) -> segments.keep(ofVersion, results, model -> version),
                context.progress());
        Map<String, String> integrated = context.outputs("integrate");
        Map<String, String> outputs = new TreeMap<>();
        List<BackTestOutcome> outcomes = new ArrayList<>();
        List<String> summary = new ArrayList<>();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Baselines baselines =
                    new Baselines(warehouse, fleet, templates, executors, context.progress(), evaluation.segments());
            for (String name : context.outputs("importance").keySet()) {
                TemplateVersionRow base = templates.version(name, Integer.parseInt(integrated.get("base." + name)));
                TemplateVersionRow next = templates.version(name, Integer.parseInt(integrated.get(name)));
                outputs.put(name, Integer.toString(next.version()));
                if (next.version() == base.version()) {
                    summary.add(name + " has no new version to test");
                    continue;
                }
                List<FleetModel> users = tested.stream()
                        .filter(model -> model.template().equals(name))
                        .toList();
                FreshTrials trials = new FreshTrials(
                        context.progress(),
                        new PairedTrials(fleet, executors, evaluation),
                        name,
                        users,
                        baselines.of(runId, users, model -> base, freshSeed(study.seed())),
                        freshSeed(study.seed()));
                NewTechniques added = new NewTechniques(
                        templates.template(base),
                        NewTechniques.between(base, next, tables.decisions()),
                        tables.sensitivity());
                BackTestOutcome outcome = backTest.of(
                        base, next, added, SingleGains.of(warehouse, added.decisions(), trials.models()), trials);
                outputs.put(name, Integer.toString(outcome.version()));
                outcomes.add(outcome);
                summary.addAll(outcome.summary());
            }
        }
        write(warehouse, outcomes);
        return new StepResult(
                summary,
                outputs,
                evaluation.andTables("back_tests", "back_test_verdicts", "template_versions", "baselines"));
    }

    private static void write(Warehouse warehouse, List<BackTestOutcome> outcomes) {
        warehouse.upsert(
                BackTestRow.TABLE,
                outcomes.stream().flatMap(outcome -> outcome.models().stream()).toList());
        warehouse.upsert(
                BackTestVerdictRow.TABLE,
                outcomes.stream()
                        .flatMap(outcome -> outcome.verdicts().stream())
                        .toList());
    }

    /** The seed of trainings whose results must not depend on the study's choices. */
    public static long freshSeed(long studySeed) {
        return Seeds.of(studySeed, "fresh");
    }

    /** What the study's steps left in the tables. */
    private record StudyTables(
            String studyId, List<TechniqueDecisionRow> decisions, List<ParameterSensitivityRow> sensitivity) {
        static StudyTables of(RunContext context) {
            String studyId = context.outputs("mmo").get("study");
            return new StudyTables(
                    studyId,
                    TechniqueDecisions.of(context),
                    context.warehouse()
                            .rows(
                                    ParameterSensitivityRow.TABLE,
                                    functions.col("study_id").equalTo(studyId)));
        }
    }
}
