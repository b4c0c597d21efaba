package dev.smt.jobs.study;

import dev.smt.comparison.Contrast;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.StudyContrastRow;
import dev.smt.jobs.table.StudyFindingRow;
import dev.smt.jobs.table.StudyResultRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.EvaluationConfiguration;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The last step of a study of cycles: both ways' models against what they were, and the hypotheses. */
public final class VerdictStep implements Step {
    /** The step's name. */
    public static final String NAME = "study-verdict";

    static final String HOLDOUT = "holdout";
    private static final String REPRESENTATIVE = "representative";
    private static final String OTHER = "other";

    private final CyclesConfiguration study;
    private final double alpha;
    private final long seed;
    private final EvaluationConfiguration evaluation;

    /**
     * A verdict.
     *
     * @param alpha a larger loss than this is a regression, percent NE
     * @param seed of the study
     */
    public VerdictStep(CyclesConfiguration study, double alpha, long seed, EvaluationConfiguration evaluation) {
        this.study = study;
        this.alpha = alpha;
        this.seed = seed;
        this.evaluation = evaluation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of("representatives", StudyStartStep.NAME, "iterate", FragmentedStep.NAME);
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("study", "evaluation")) + alpha + " " + seed;
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        String studyId = context.outputs(StudyStartStep.NAME).get("study");
        StudyTables tables = new StudyTables(warehouse, studyId);
        List<StudyResultRow> results = results(context, runId, studyId);
        List<StudyFindingRow> findings =
                new Findings(runId, studyId, alpha, results, tables.cycles()).all(tables.pairs());
        List<StudyContrastRow> contrasts = contrasts(context, runId, tables);
        warehouse.upsert(StudyResultRow.TABLE, results);
        warehouse.upsert(StudyContrastRow.TABLE, contrasts);
        warehouse.upsert(StudyFindingRow.TABLE, findings);
        return new StepResult(
                StudyText.of(tables.cycles(), findings, contrasts),
                Map.of(),
                List.of("study_results", "study_findings", "study_contrasts"));
    }

    private List<StudyResultRow> results(RunContext context, String runId, String studyId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        FinalModels finals = new FinalModels(fleet, templates);
        List<FinalModel> models = new ArrayList<>();
        for (FragmentedModel model : new FragmentedModels(warehouse, fleet, templates, studyId)
                .before(study.pools().size() + 1)) {
            models.add(finals.byTemplates(model));
            models.add(FinalModels.alone(model));
        }
        List<FinalModel> changed = models.stream().filter(finals::changed).toList();
        Map<FinalModel, List<PairedResult>> measured;
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            VerdictTrials trials = new VerdictTrials(
                    runId,
                    new Baselines(warehouse, fleet, templates, executors, context.progress()),
                    new PairedTrials(fleet, executors, evaluation.withoutSegments()),
                    context.progress());
            measured = trials.of(changed, seeds());
        }
        Map<String, String> roles = roles(context);
        ResultRows rows = new ResultRows(runId, studyId);
        return models.stream()
                .map(model -> {
                    String role = roles.getOrDefault(model.id(), OTHER);
                    if (!changed.contains(model)) {
                        return rows.unchanged(model, role);
                    }
                    return measured.containsKey(model)
                            ? rows.changed(model, role, measured.get(model))
                            : rows.withoutStart(model, role);
                })
                .toList();
    }

    private List<Long> seeds() {
        return LongStream.rangeClosed(1, study.verdictSeeds())
                .map(number -> Seeds.of(seed, NAME, Long.toString(number)))
                .boxed()
                .toList();
    }

    private static Map<String, String> roles(RunContext context) {
        Map<String, String> roles = new HashMap<>();
        for (RepresentativeRow row : StudyModels.roles(context)) {
            roles.put(row.modelId(), row.isRepresentative() ? REPRESENTATIVE : row.isHoldout() ? HOLDOUT : OTHER);
        }
        return roles;
    }

    /** Models that no cycle changed, against those that one did. */
    private static List<StudyContrastRow> contrasts(RunContext context, String runId, StudyTables tables) {
        Set<String> changed = tables.iterations().stream()
                .filter(CycleRows::changed)
                .map(row -> row.modelId())
                .collect(Collectors.toSet());
        List<FleetModel> models = new FleetInputs(context.warehouse()).models();
        List<Map<String, String>> resisted = new ArrayList<>();
        List<Map<String, String>> rest = new ArrayList<>();
        models.forEach(model -> (changed.contains(model.id()) ? rest : resisted).add(attributes(model)));
        if (resisted.isEmpty() || rest.isEmpty()) {
            return List.of();
        }
        return Contrast.between(resisted, rest).stream()
                .map(contrast -> new StudyContrastRow(
                        runId,
                        tables.studyId(),
                        contrast.attribute(),
                        contrast.value(),
                        contrast.count(),
                        contrast.of(),
                        contrast.others(),
                        contrast.ofOthers(),
                        contrast.pValue()))
                .toList();
    }

    /** The six attributes (paper, section 3.3.1), FLOPs by their order of magnitude. */
    private static Map<String, String> attributes(FleetModel model) {
        return Map.of(
                "ranking_stage", model.stage().label(),
                "flops", String.format(Locale.ROOT, "1e%d", (int) Math.floor(Math.log10(model.flops()))),
                "hardware", model.hardware(),
                "event", model.event(),
                "surface", model.surface(),
                "data_constraint", model.dataConstraint());
    }
}
