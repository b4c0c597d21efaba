package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.plan.CyclePlanner;
import dev.smt.jobs.plan.CycleShape;
import dev.smt.jobs.plan.StepPlan;
import dev.smt.jobs.plan.StudyTrainings;
import dev.smt.jobs.plan.TrainingPlan;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.study.FragmentedStep;
import dev.smt.jobs.study.RemovalStep;
import dev.smt.jobs.study.StudyStartStep;
import dev.smt.jobs.study.VerdictStep;
import java.util.ArrayList;
import java.util.List;

/** A study of several cycles beside the fragmented way; what is done is not done again. */
final class CyclesRun {
    /** Steps that are the same for all cycles. */
    private static final List<String> ONCE = List.of("ingest", "representatives");

    private CyclesRun() {}

    /** @throws InvalidInputException where the configuration has no study */
    static void check(Settings settings) {
        if (settings.cycles().pools().isEmpty()) {
            throw new InvalidInputException(
                    "study.cycles is missing; expected: a list with the techniques of each cycle,"
                            + " such as study.cycles = [{techniques = [cross-network]}, {techniques = [history-pooling]}]; or give"
                            + " --a-a");
        }
        if (settings.evaluation().unseen().share() == 0) {
            throw new InvalidInputException(
                    "evaluation.unseen-share is 0; allowed in a study of cycles: above 0 and below"
                            + " 1, such as 0.5: its gains are quoted on test rows that nothing was chosen by");
        }
    }

    static void run(RunContext context, Settings settings) {
        StepRunner once = new StepRunner(context, Smt.VERSION);
        ONCE.forEach(name -> once.run(settings.step(name)));
        once.run(new StudyStartStep());
        RunContext last = context;
        for (int cycle = 1; cycle <= settings.cycles().pools().size(); cycle++) {
            Cycle next = Cycle.of(context, settings, cycle);
            next.run();
            last = next.context();
        }
        StepRunner end = new StepRunner(last, Smt.VERSION);
        end.run(removal(settings));
        end.run(verdict(settings));
    }

    /** What would run: the plans of all steps in their order. Reads only. */
    static List<StepPlan> plan(RunContext context, Settings settings) {
        List<StepPlan> plans = new ArrayList<>();
        CyclePlanner planner = DryRunOption.planner(context, settings);
        StepRunner once = new StepRunner(context, Smt.VERSION);
        List<String> all =
                settings.cycles().pools().stream().flatMap(List::stream).toList();
        plans.addAll(planner.of(ONCE.stream().map(settings::step).toList(), all, once));
        plans.add(StepPlan.of(once, new StudyStartStep(), List.of()));
        RunContext last = context;
        for (int number = 1; number <= settings.cycles().pools().size(); number++) {
            Cycle cycle = Cycle.of(context, settings, number);
            plans.addAll(cycle.plan(planner));
            last = cycle.context();
        }
        StepRunner end = new StepRunner(last, Smt.VERSION);
        CycleShape shape = planner.trainings(all).shape();
        StudyTrainings trainings = StudyTrainings.of(shape);
        plans.add(StepPlan.of(end, removal(settings), trainings.removals(shape.techniques())));
        plans.add(StepPlan.of(
                end, verdict(settings), trainings.verdict(settings.cycles().verdictSeeds())));
        return plans;
    }

    private static RemovalStep removal(Settings settings) {
        return new RemovalStep(settings.mmo(), settings.iteration(), settings.evaluation());
    }

    private static VerdictStep verdict(Settings settings) {
        return new VerdictStep(
                settings.cycles(), settings.mmo().alpha(), settings.mmo().seed(), settings.evaluation());
    }

    /**
     * One cycle.
     *
     * @param context with its configuration
     * @param settings of that
     */
    private record Cycle(int number, RunContext context, Settings settings) {
        static Cycle of(RunContext study, Settings settings, int number) {
            SmtConfiguration configuration = study.configuration()
                    .with("cycle.number", number)
                    .with("mmo.techniques", settings.cycles().pools().get(number - 1));
            return new Cycle(number, study.with(configuration), Settings.of(configuration));
        }

        /** The templates' steps. */
        List<Step> steps() {
            return settings.steps().stream()
                    .filter(step -> !ONCE.contains(step.name()))
                    .toList();
        }

        FragmentedStep fragmented() {
            return new FragmentedStep(settings.mmo(), settings.iteration(), settings.evaluation(), number);
        }

        void run() {
            context.progress()
                    .say("cycle " + number + " of "
                            + settings.cycles().pools().size() + ": "
                            + String.join(", ", settings.mmo().techniques()));
            StepRunner runner = new StepRunner(context, Smt.VERSION);
            steps().forEach(runner::run);
            runner.run(fragmented());
        }

        List<StepPlan> plan(CyclePlanner study) {
            StepRunner runner = new StepRunner(context, Smt.VERSION);
            CyclePlanner planner = study.ofCycle(context, DryRunOption.trainings(settings));
            List<StepPlan> plans =
                    new ArrayList<>(planner.of(steps(), settings.mmo().techniques(), runner));
            TrainingPlan trainings = planner.trainings(settings.mmo().techniques());
            plans.add(StepPlan.of(runner, fragmented(), StudyTrainings.fragmented(trainings)));
            return plans.stream().map(plan -> plan.within("cycle " + number)).toList();
        }
    }
}
