package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.study.FragmentedStep;
import dev.smt.jobs.study.RemovalStep;
import dev.smt.jobs.study.StudyStartStep;
import dev.smt.jobs.study.VerdictStep;
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
            last = cycle(context, settings, cycle);
        }
        StepRunner end = new StepRunner(last, Smt.VERSION);
        end.run(new RemovalStep(settings.mmo(), settings.evaluation()));
        end.run(new VerdictStep(
                settings.cycles(), settings.mmo().alpha(), settings.mmo().seed(), settings.evaluation()));
    }

    private static RunContext cycle(RunContext context, Settings settings, int number) {
        List<String> pool = settings.cycles().pools().get(number - 1);
        context.progress()
                .say("cycle " + number + " of " + settings.cycles().pools().size() + ": " + String.join(", ", pool));
        SmtConfiguration configuration =
                context.configuration().with("cycle.number", number).with("mmo.techniques", pool);
        Settings ofCycle = Settings.of(configuration);
        RunContext cycle = context.with(configuration);
        StepRunner runner = new StepRunner(cycle, Smt.VERSION);
        for (Step step : ofCycle.steps()) {
            if (!ONCE.contains(step.name())) {
                runner.run(step);
            }
        }
        runner.run(new FragmentedStep(ofCycle.mmo(), ofCycle.iteration(), ofCycle.evaluation(), number));
        return cycle;
    }
}
