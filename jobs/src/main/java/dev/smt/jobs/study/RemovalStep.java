package dev.smt.jobs.study;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.iteration.IterationConfiguration;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.TechniqueRemovalRow;
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
import dev.smt.jobs.trial.StudyModels;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Takes every technique out of the templates in turn, and says which ones no longer earn their place (paper, section 5:
 * obsolete techniques are deprecated).
 */
public final class RemovalStep implements Step {
    /** The step's name. */
    public static final String NAME = "removals";

    private final MmoConfiguration mmo;
    private final IterationConfiguration iteration;
    private final EvaluationConfiguration evaluation;

    public RemovalStep(MmoConfiguration mmo, IterationConfiguration iteration, EvaluationConfiguration evaluation) {
        this.mmo = mmo;
        this.iteration = iteration;
        this.evaluation = evaluation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of("representatives", "importance", "integrate", "backtest");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("mmo", "iterate", "evaluation"));
    }

    /** One template with its models. */
    private record Tested(TemplateVersionRow version, TemplateParts parts, List<FleetModel> models) {}

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        List<FleetModel> representatives = new StudyModels(context, fleet, templates).representatives();
        long seed = Seeds.of(mmo.seed(), NAME);
        List<TechniqueRemovalRow> rows = new ArrayList<>();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Baselines trainer = new Baselines(warehouse, fleet, templates, executors, context.progress());
            PairedTrials pairs = new PairedTrials(fleet, executors, evaluation.withoutSegments());
            Map<String, String> versions = context.outputs(iteration.requireBackTest() ? "backtest" : "integrate");
            context.outputs("importance").keySet().forEach(name -> {
                TemplateVersionRow version = templates.version(name, Integer.parseInt(versions.get(name)));
                List<FleetModel> models = representatives.stream()
                        .filter(model -> model.template().equals(name))
                        .toList();
                Tested tested = new Tested(version, TemplateParts.of(templates, version), models);
                if (!models.isEmpty() && !tested.parts().techniques().isEmpty()) {
                    Map<String, Baseline> baselines = trainer.of(runId, models, model -> version, seed);
                    rows.addAll(removals(context, runId, tested, baselines, pairs, seed));
                }
            });
        }
        warehouse.upsert(TechniqueRemovalRow.TABLE, rows);
        return new StepResult(text(rows), Map.of(), List.of("technique_removals", "baselines"));
    }

    private List<TechniqueRemovalRow> removals(
            RunContext context,
            String runId,
            Tested tested,
            Map<String, Baseline> baselines,
            PairedTrials pairs,
            long seed) {
        List<FleetModel> models = tested.models().stream()
                .filter(model -> !baselines.get(model.id()).failed())
                .toList();
        if (models.isEmpty()) {
            return List.of();
        }
        RemovalRows rows = new RemovalRows(runId, tested.version(), models, mmo);
        return tested.parts().techniques().stream()
                .map(technique -> {
                    Template without;
                    try {
                        without = tested.parts().without(technique.name());
                    } catch (IllegalArgumentException unexplained) {
                        return rows.unknown(technique.name(), unexplained.getMessage());
                    }
                    List<PairedTrial> trials = models.stream()
                            .map(model -> new PairedTrial(
                                    model, without, baselines.get(model.id()), Seeds.training(seed, model.id(), 0)))
                            .toList();
                    String what = tested.version().template() + " without " + technique.name();
                    try (Progress.Counter counter = context.progress().count(what, trials.size())) {
                        List<PairedResult> results = pairs.evaluate(trials, Split.TEST, () -> counter.add(1));
                        return rows.of(technique.name(), results);
                    }
                })
                .toList();
    }

    private static List<String> text(List<TechniqueRemovalRow> rows) {
        if (rows.isEmpty()) {
            return List.of("no template in use has a technique to take out");
        }
        return rows.stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s without %s: %s%s",
                        row.template(),
                        row.technique(),
                        numbers(row),
                        row.verdict()))
                .toList();
    }

    private static String numbers(TechniqueRemovalRow row) {
        OptionalDouble mu = row.mu();
        return mu.isEmpty()
                ? row.reason().map(reason -> reason + ": ").orElse("")
                : String.format(
                        Locale.ROOT,
                        "mu %+.3f %% +- %.3f on %d models: ",
                        mu.getAsDouble(),
                        row.muSe().orElse(Double.NaN),
                        row.models());
    }
}
