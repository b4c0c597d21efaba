package dev.smt.jobs.plan;

import dev.smt.jobs.study.FragmentedStep;
import java.util.List;

/**
 * The trainings of a study that no cycle does.
 *
 * @param models of the fleet
 * @param representatives of them
 */
public record StudyTrainings(long models, TrainingCount representatives) {
    /** Of a study on the fleet of its cycles. */
    public static StudyTrainings of(CycleShape cycle) {
        return new StudyTrainings(cycle.models(), cycle.representatives());
    }

    /** Each model tuned alone: as many trainings as the templates took in the cycle, which the gate is among. */
    public static List<PlannedTrainings> fragmented(TrainingPlan cycle) {
        long most = FragmentedStep.TRAINING_STEPS.stream()
                .flatMap(step -> cycle.of(step).stream())
                .mapToLong(trainings -> trainings.count().most())
                .sum();
        return List.of(new PlannedTrainings(
                "models tuned alone, with as many trainings as the templates took", TrainingCount.atMost(most)));
    }

    /**
     * Templates without each of their techniques in turn.
     *
     * @param techniques of all cycles that fit some model
     */
    public List<PlannedTrainings> removals(long techniques) {
        return List.of(
                new PlannedTrainings(
                        "baselines of the representatives whose template has a technique",
                        TrainingCount.atMost(representatives.most())),
                new PlannedTrainings(
                        "templates without one of their techniques",
                        TrainingCount.atMost(representatives.most() * techniques)));
    }

    /**
     * Both ways' models at the end, and what they were.
     *
     * @param seeds with which each is trained
     */
    public List<PlannedTrainings> verdict(int seeds) {
        return List.of(
                new PlannedTrainings(
                        "models that a way changed, as they were at the start", TrainingCount.atMost(models * seeds)),
                new PlannedTrainings(
                        "models as each way left them, where it changed them",
                        TrainingCount.atMost(2 * models * seeds)));
    }

    /**
     * Techniques that do nothing: one seed of a baseline against another.
     *
     * @param seeds with which each representative is trained
     */
    public List<PlannedTrainings> doingNothing(int seeds) {
        return List.of(new PlannedTrainings(
                "baselines of the representatives, with " + seeds + " seeds", representatives.times(seeds)));
    }
}
