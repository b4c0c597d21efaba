package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepRunner;

/** All steps in order; those that are done are not done again. */
final class CycleRun {
    private CycleRun() {}

    static void run(RunContext context, Settings settings) {
        StepRunner runner = new StepRunner(context, Smt.VERSION);
        long start = System.nanoTime();
        int ran = 0;
        for (Step step : settings.steps()) {
            ran += runner.run(step) ? 1 : 0;
        }
        context.progress()
                .say(
                        ran == 0
                                ? "the cycle is complete: nothing was left to do (a new one: --set cycle.number=N)"
                                : "cycle done in " + Progress.span((System.nanoTime() - start) / 1e9) + ": " + ran
                                        + " steps run, " + (settings.steps().size() - ran) + " already done; tables in "
                                        + context.warehouse().location());
    }
}
