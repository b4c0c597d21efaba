package dev.smt.jobs.plan;

import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.RunRow;
import java.util.List;
import java.util.Optional;

/**
 * What a step would do.
 *
 * @param step its command, and whose
 * @param doneBy the run that did it already; empty where it would run
 * @param trainings that it would do, by kind; none where it is done or trains nothing
 */
public record StepPlan(String step, Optional<String> doneBy, List<PlannedTrainings> trainings) {
    public StepPlan {
        trainings = List.copyOf(trainings);
    }

    /** The plan of a step whose trainings are known, unless it is done. */
    public static StepPlan of(StepRunner runner, Step step, List<PlannedTrainings> trainings) {
        Optional<String> done = runner.finished(step).map(RunRow::runId);
        return new StepPlan(step.name(), done, done.isPresent() ? List.of() : trainings);
    }

    /** The same, as a part of something larger. */
    public StepPlan within(String whole) {
        return new StepPlan(whole + ": " + step, doneBy, trainings);
    }

    /** All its trainings. */
    public TrainingCount total() {
        return trainings.stream().map(PlannedTrainings::count).reduce(TrainingCount.NONE, TrainingCount::plus);
    }

    /** As many trainings on all rows would take as long as the fewest of these. */
    double leastOnAllRows() {
        return trainings.stream()
                .mapToDouble(some -> some.count().least() * some.leastRows())
                .sum();
    }

    /** As many trainings on all rows would take as long as the most of these. */
    double mostOnAllRows() {
        return trainings.stream()
                .mapToDouble(some -> some.count().most() * some.mostRows())
                .sum();
    }
}
