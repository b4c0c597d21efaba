package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.plan.CyclePlanner;
import dev.smt.jobs.plan.CycleShape;
import dev.smt.jobs.plan.PastTrainings;
import dev.smt.jobs.plan.PlanText;
import dev.smt.jobs.plan.StepPlan;
import dev.smt.jobs.plan.TrainingPlan;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepRunner;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** A command that trains can say beforehand what it would do. */
final class DryRunOption {
    @Option(
            names = "--dry-run",
            description = "Says which steps would run, how many trainings that takes and how long; trains and writes"
                    + " nothing. Before ingest has run, it reads the logs as fleet validate does.")
    private boolean dryRun;

    @Option(
            names = "--cost-per-hour",
            paramLabel = "PRICE",
            description = "With --dry-run: the price of an hour of one slot (a core that trains), to say the cost.")
    private Optional<Double> price = Optional.empty();

    boolean isOn() {
        return dryRun;
    }

    void check() {
        if (price.isPresent() && !dryRun) {
            throw new InvalidInputException(
                    "--cost-per-hour is given without --dry-run; leave it out, or add --dry-run");
        }
        if (price.isPresent() && !(price.get() >= 0 && Double.isFinite(price.get()))) {
            throw new InvalidInputException("--cost-per-hour is " + price.get() + "; allowed: a number, 0 or more");
        }
    }

    void print(RunContext context, Settings settings, List<Step> steps, PrintWriter out) {
        List<StepPlan> plans =
                planner(context, settings).of(steps, settings.mmo().techniques(), new StepRunner(context, Smt.VERSION));
        print(context, plans, out);
    }

    static CyclePlanner planner(RunContext context, Settings settings) {
        return new CyclePlanner(context, settings.ingest(), settings.representatives(), trainings(settings));
    }

    static Function<CycleShape, TrainingPlan> trainings(Settings settings) {
        return shape -> new TrainingPlan(
                shape, settings.importance(), settings.mmo(), settings.backTest(), settings.iteration());
    }

    void print(RunContext context, List<StepPlan> plans, PrintWriter out) {
        int slots = context.spark().sparkContext().defaultParallelism();
        OptionalDouble perHour = price.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        new PlanText(plans, slots, PastTrainings.in(context.warehouse()), perHour)
                .lines()
                .forEach(out::println);
    }
}
