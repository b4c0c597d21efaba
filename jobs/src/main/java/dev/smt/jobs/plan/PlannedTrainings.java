package dev.smt.jobs.plan;

/**
 * Trainings of one kind.
 *
 * @param what they are, in words
 * @param count how many
 */
public record PlannedTrainings(String what, TrainingCount count) {}
