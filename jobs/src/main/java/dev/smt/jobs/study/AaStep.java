package dev.smt.jobs.study;

import dev.smt.decision.DeltaSource;
import dev.smt.decision.FleetNoise;
import dev.smt.decision.PlannedDecision;
import dev.smt.decision.Power;
import dev.smt.decision.StudyDesign;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.DecisionPowerRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.BucketedLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * The step behind {@code smt study --a-a}: trains the representatives' baselines with many seeds, measures by them how
 * noisy a delta is, and makes decisions on techniques that do nothing or have a planted effect: with drawn noise of that
 * size, and with the trained models themselves, one seed against another.
 */
public final class AaStep implements Step {
    /** The step's name. */
    public static final String NAME = "a-a";

    private final MmoConfiguration study;
    private final AaPlan plan;

    /** @throws InvalidInputException when the plan doesn't fit the study */
    public AaStep(MmoConfiguration study, AaPlan plan) {
        List<String> problems = plan.problems(study.trials(), replicates(study));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        this.study = study;
        this.plan = plan;
    }

    /** The paper's rule replicates nothing unless told; the probability rule is looked at here beside it. */
    private static int replicates(MmoConfiguration study) {
        return study.replicates() > 0 ? study.replicates() : MmoConfiguration.DEFAULT_REPLICATES;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of("ingest", "representatives", "importance");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("mmo")) + "\n" + plan;
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        SeedPool pool = train(context, runId);
        StudyDesign design = new StudyDesign(
                pool.objective(), study.trials(), study.initialTrials(), replicates(study), study.certainty());
        FleetNoise noise = pool.noise();
        List<String> summary = new ArrayList<>(AaText.noise(noise, pool.seeds()));
        List<DecisionPowerRow> rows = new ArrayList<>();
        for (double effect : plan.effects()) {
            rows.add(power(
                    context,
                    runId,
                    design,
                    "simulated",
                    effect,
                    plan.simulated(),
                    number -> noise.source(
                            pool.objective(), effect, 0, Seeds.of(study.seed(), "simulated", "" + number))));
            if (plan.trained() > 0) {
                rows.add(power(
                        context,
                        runId,
                        design,
                        "trained",
                        effect,
                        plan.trained(),
                        number -> pool.source(
                                effect,
                                study.trials(),
                                replicates(study),
                                Seeds.of(study.seed(), "trained", "" + number))));
            }
        }
        context.warehouse().upsert(DecisionPowerRow.TABLE, rows);
        summary.addAll(AaText.table(rows));
        summary.addAll(AaText.detectable(Power.detectable(design, noise, AaText.WANTED), design));
        return new StepResult(summary, Map.of(), List.of("baselines", "decision_power"));
    }

    private DecisionPowerRow power(
            RunContext context,
            String runId,
            StudyDesign design,
            String noise,
            double effect,
            int decisions,
            LongFunction<DeltaSource> source) {
        Power power;
        String what = "decisions (" + noise + " noise, effect " + effect + " %)";
        try (Progress.Counter counter = context.progress().count(what, decisions)) {
            power = Power.of(
                    effect,
                    LongStream.range(0, decisions)
                            .mapToObj(number -> {
                                PlannedDecision made = PlannedDecision.of(design, source.apply(number), number);
                                counter.add(1);
                                return made;
                            })
                            .toList());
        }
        return new DecisionPowerRow(
                runId,
                noise,
                effect,
                design.objective().models().size(),
                power.decisions(),
                power.byPaper(),
                power.byPosterior(),
                power.accepted(),
                power.rejected(),
                power.open(),
                power.replicates());
    }

    private SeedPool train(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        StudyModels models = new StudyModels(context, fleet, templates);
        Map<String, List<BucketedLoss>> losses = new LinkedHashMap<>();
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            Baselines trainer = new Baselines(warehouse, fleet, templates, executors, context.progress());
            for (int seed = 1; seed <= plan.seeds(); seed++) {
                Map<String, Baseline> trained =
                        trainer.of(runId, models.representatives(), models::base, Seeds.replicate(study.seed(), seed));
                trained.forEach((id, baseline) -> {
                    if (!baseline.failed()) {
                        losses.computeIfAbsent(id, key -> new ArrayList<>()).add(baseline.losses(Split.VALIDATION));
                    }
                });
            }
        }
        losses.values().removeIf(ofModel -> ofModel.size() < plan.seeds());
        List<FleetModel> whole = models.representatives().stream()
                .filter(model -> losses.containsKey(model.id()))
                .toList();
        if (whole.isEmpty()) {
            throw new InvalidInputException("every representative model has a baseline that failed; the reasons are in"
                    + " the table baselines");
        }
        return new SeedPool(StudyModels.objective(whole, study.alpha(), study.epsilon(), study.tau()), losses);
    }
}
