package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.plan.CyclePlanner;
import dev.smt.jobs.plan.StepPlan;
import dev.smt.jobs.plan.StudyTrainings;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.study.AaPlan;
import dev.smt.jobs.study.AaStep;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code smt study}. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the cycles of study.cycles, each with its own techniques, and beside them tunes each model alone with the"
                    + " same number of trainings; then compares both. Run again after it was stopped, it goes on.",
            "",
            "With --a-a it says beforehand what a study on this fleet can find, and how often it accepts techniques that do"
                    + " nothing; ingest, representatives and importance run first, where they are missing."
        },
        footer = {
            "",
            "Examples:",
            "  smt study --conf conf/demo-study.conf --dry-run",
            "  smt study --conf conf/demo-study.conf",
            "  smt study --a-a --conf conf/demo.conf --simulated 200 --trained 20 --seeds 24"
        })
public final class StudyCommand extends WarehouseCommand {
    @Option(
            names = "--a-a",
            description = "Techniques that do nothing, and ones with a planted effect, instead of the cycles.")
    private boolean doNothing;

    @Option(
            names = "--simulated",
            paramLabel = "N",
            defaultValue = "200",
            description = "Decisions per effect with drawn noise (default: ${DEFAULT-VALUE}).")
    private int simulated;

    @Option(
            names = "--trained",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Decisions per effect with trained models, one seed against another (default: ${DEFAULT-VALUE}).")
    private int trained;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "24",
            description = "How often each representative's baseline is trained (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--effects",
            paramLabel = "E",
            split = ",",
            defaultValue = "0,0.1,0.2,0.5,1",
            description = "True effects in percent NE (default: ${DEFAULT-VALUE}).")
    private List<Double> effects;

    @Mixin
    private DryRunOption dryRun;

    @Override
    boolean onlyLooks() {
        return dryRun.isOn();
    }

    @Override
    void check(Settings settings) {
        dryRun.check();
        if (doNothing) {
            aa(settings);
        } else {
            requireNoneOf(List.of("--simulated", "--trained", "--seeds", "--effects"));
            CyclesRun.check(settings);
        }
    }

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        if (dryRun.isOn()) {
            dryRun.print(context, doNothing ? aaPlan(context, settings) : CyclesRun.plan(context, settings), out);
        } else if (doNothing) {
            AaStep step = aa(settings);
            StepRunner runner = new StepRunner(context, Smt.VERSION);
            step.needs().forEach(name -> runner.run(settings.step(name)));
            runner.run(step);
        } else {
            CyclesRun.run(context, settings);
        }
    }

    private List<StepPlan> aaPlan(RunContext context, Settings settings) {
        AaStep step = aa(settings);
        StepRunner runner = new StepRunner(context, Smt.VERSION);
        CyclePlanner planner = DryRunOption.planner(context, settings);
        List<String> techniques = settings.mmo().techniques();
        List<StepPlan> plans = new ArrayList<>(
                planner.of(step.needs().stream().map(settings::step).toList(), techniques, runner));
        StudyTrainings trainings =
                StudyTrainings.of(planner.trainings(techniques).shape());
        plans.add(StepPlan.of(runner, step, trainings.doingNothing(seeds)));
        return plans;
    }

    private AaStep aa(Settings settings) {
        return new AaStep(settings.mmo(), plan());
    }

    private void requireNoneOf(List<String> names) {
        List<String> given = names.stream()
                .filter(name -> spec().commandLine().getParseResult().hasMatchedOption(name))
                .toList();
        if (!given.isEmpty()) {
            throw new InvalidInputException(String.join(", ", given) + ": only with --a-a; leave "
                    + (given.size() == 1 ? "it" : "them") + " out, or add --a-a");
        }
    }

    private AaPlan plan() {
        try {
            return new AaPlan(simulated, trained, seeds, effects);
        } catch (IllegalArgumentException bad) {
            throw new InvalidInputException(bad.getMessage());
        }
    }
}
