package dev.smt.jobs.mmo;

import dev.smt.bayes.Suggestion;
import dev.smt.bayes.TrialRace;

/**
 * A trial to be run.
 *
 * @param suggestion its theta
 * @param race which of its models to evaluate next, and when to stop
 * @param wave models to evaluate at once; what is skipped depends on it, so it must not depend on the machines
 */
public record PlannedTrial(Suggestion suggestion, TrialRace race, int wave) {}
