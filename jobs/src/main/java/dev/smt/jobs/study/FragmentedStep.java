package dev.smt.jobs.study;

import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.iteration.IterationConfiguration;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.StudyCycleRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.EvaluationConfiguration;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;

/** One cycle of the fragmented way: every model tuned alone, with its share of the trainings that the templates took. */
public final class FragmentedStep implements Step {
    /** The step's name. */
    public static final String NAME = "fragmented";

    /** The steps of a cycle that train. */
    public static final List<String> TRAINING_STEPS = List.of("importance", "mmo", "holdout", "backtest", "iterate");

    /** Models whose results are written together: what a crash can lose. */
    private static final int GROUP = 32;

    private final MmoConfiguration mmo;
    private final IterationConfiguration iteration;
    private final EvaluationConfiguration evaluation;
    private final int cycle;

    /**
     * A cycle.
     *
     * @param mmo with the cycle's techniques
     * @param cycle its number, from 1
     */
    public FragmentedStep(
            MmoConfiguration mmo, IterationConfiguration iteration, EvaluationConfiguration evaluation, int cycle) {
        this.mmo = mmo;
        this.iteration = iteration;
        this.evaluation = evaluation;
        this.cycle = cycle;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        List<String> needs = new ArrayList<>(List.of("ingest", StudyStartStep.NAME));
        needs.addAll(TRAINING_STEPS);
        return needs;
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("mmo", "iterate", "evaluation", "cycle"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        String studyId = context.outputs(StudyStartStep.NAME).get("study");
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        FragmentedModels state = new FragmentedModels(warehouse, fleet, templates, studyId);
        List<FragmentedModel> models = state.before(cycle);
        Set<String> done =
                state.rows(cycle).stream().map(FragmentedIterationRow::modelId).collect(Collectors.toSet());
        long trainings = Trainings.of(
                warehouse,
                TRAINING_STEPS.stream()
                        .map(step -> context.finished(step).runId())
                        .toList());
        Map<String, Integer> budgets = budgets(models, trainings);
        List<Technique> pool = mmo.techniques().stream().map(Techniques::named).toList();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            FragmentedTuning tuning = new FragmentedTuning(
                    context,
                    new FragmentedRows(runId, studyId, cycle),
                    fleet,
                    templates,
                    executors,
                    new FragmentedTuning.Rules(mmo, iteration, evaluation));
            List<FragmentedModel> missing =
                    models.stream().filter(model -> !done.contains(model.id())).toList();
            for (int from = 0; from < missing.size(); from += GROUP) {
                List<FragmentedModel> group = missing.subList(from, Math.min(from + GROUP, missing.size()));
                warehouse.upsert(FragmentedIterationRow.TABLE, tuning.of(group, budgets, pool));
            }
        }
        List<FragmentedIterationRow> rows = state.rows(cycle);
        warehouse.upsert(StudyCycleRow.TABLE, cycleRows(context, runId, studyId, rows, trainings));
        return new StepResult(summary(rows, trainings), Map.of(), List.of("fragmented_iterations", "study_cycles"));
    }

    private List<StudyCycleRow> cycleRows(
            RunContext context, String runId, String studyId, List<FragmentedIterationRow> rows, long trainings) {
        Warehouse warehouse = context.warehouse();
        String iterate = context.finished("iterate").runId();
        CycleRows cycleRows = new CycleRows(studyId, cycle, mmo.alpha());
        return List.of(
                cycleRows.templates(
                        iterate,
                        warehouse.rows(
                                ModelIterationRow.TABLE, functions.col("run_id").equalTo(iterate)),
                        new StudyTables(warehouse, studyId).newPairs(cycle, iterate),
                        (int) trainings,
                        mmo.techniques().size()),
                cycleRows.fragmented(runId, rows));
    }

    /** Equal shares; what is left over goes one by one to the first models. */
    static Map<String, Integer> budgets(List<FragmentedModel> models, long trainings) {
        long share = trainings / models.size();
        long over = trainings % models.size();
        Map<String, Integer> budgets = new TreeMap<>();
        for (int i = 0; i < models.size(); i++) {
            budgets.put(models.get(i).id(), (int) (share + (i < over ? 1 : 0)));
        }
        return budgets;
    }

    private static List<String> summary(List<FragmentedIterationRow> rows, long trainings) {
        long shipped = rows.stream()
                .filter(row -> row.outcome().equals(ModelIterationRow.SHIPPED))
                .count();
        int pairs = rows.stream().mapToInt(FragmentedIterationRow::added).sum();
        int used = rows.stream().mapToInt(FragmentedIterationRow::trainings).sum();
        return List.of(String.format(
                Locale.ROOT,
                "%d of %d models shipped what they found alone: %d (technique, model) pairs with %d of %d trainings",
                shipped,
                rows.size(),
                pairs,
                used,
                trainings));
    }
}
