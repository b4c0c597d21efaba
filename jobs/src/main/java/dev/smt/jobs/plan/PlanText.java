package dev.smt.jobs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A plan in lines for the user. */
public final class PlanText {
    private final List<StepPlan> steps;
    private final int slots;
    private final Optional<PastTrainings> past;
    private final OptionalDouble price;

    /**
     * A plan's text.
     *
     * @param slots trainings that run at once
     * @param price of an hour of one slot; empty: costs are not said
     */
    public PlanText(List<StepPlan> steps, int slots, Optional<PastTrainings> past, OptionalDouble price) {
        this.steps = List.copyOf(steps);
        this.slots = slots;
        this.past = past;
        this.price = price;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("the plan (nothing is trained, nothing is written):"));
        int width = steps.stream().mapToInt(step -> step.step().length()).max().orElse(1);
        for (StepPlan step : steps) {
            lines.add(String.format(Locale.ROOT, "  %-" + width + "s  %s", step.step(), state(step)));
            if (step.doneBy().isEmpty()) {
                step.trainings().stream()
                        .filter(trainings -> trainings.count().most() > 0)
                        .forEach(trainings -> lines.add("    " + trainings.what() + ": " + trainings.count()));
            }
        }
        TrainingCount total = steps.stream().map(StepPlan::total).reduce(TrainingCount.NONE, TrainingCount::plus);
        lines.add("in all: " + total + " trainings, " + slots + " at once");
        if (total.most() > 0) {
            lines.addAll(duration());
            lines.add(
                    "Counted from the start: baselines and trials that the tables have already are not trained again.");
        }
        if (total.least() < total.most()) {
            lines.add(
                    "How many it will be depends on results: which techniques are accepted, whether versions fail, when"
                            + " searches end.");
        }
        return lines;
    }

    private static String state(StepPlan step) {
        if (step.doneBy().isPresent()) {
            return "already done (run " + step.doneBy().get() + ")";
        }
        return step.total().most() == 0 ? "runs; trains nothing" : "runs; trainings: " + step.total();
    }

    private List<String> duration() {
        if (past.isEmpty()) {
            return List.of("hours: unknown, since this warehouse has no finished training yet; ask again once mmo has"
                    + " trained its baselines");
        }
        double least = past.get()
                .slotHours(steps.stream().mapToDouble(StepPlan::leastOnAllRows).sum());
        double most = past.get()
                .slotHours(steps.stream().mapToDouble(StepPlan::mostOnAllRows).sum());
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "hours: %s of one slot, so %s with %d (a training took %.3g s, the mean of %d past ones; start-up, reading"
                        + " and suggestions come on top)",
                range(least, most),
                range(least / slots, most / slots),
                slots,
                past.get().meanSeconds(),
                past.get().trainings()));
        if (price.isPresent()) {
            lines.add("cost: " + range(least * price.getAsDouble(), most * price.getAsDouble()) + " at "
                    + number(price.getAsDouble()) + " per slot hour");
        }
        return lines;
    }

    private static String range(double least, double most) {
        return least == most
                ? number(most)
                : least == 0 ? "at most " + number(most) : number(least) + " to " + number(most);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2g" : "%,.0f", value).replaceFirst("e([+-])0*", "e$1");
    }
}
