package dev.smt.jobs.plan;

/**
 * Trainings of one kind.
 *
 * @param what they are, in words
 * @param count how many
 * @param leastRows share of the training rows that each sees at least
 * @param mostRows share of the training rows that each sees at most
 */
public record PlannedTrainings(String what, TrainingCount count, double leastRows, double mostRows) {
    /** Trainings on all rows. */
    public PlannedTrainings(String what, TrainingCount count) {
        this(what, count, 1, 1);
    }
}
