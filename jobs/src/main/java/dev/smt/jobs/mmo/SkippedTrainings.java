package dev.smt.jobs.mmo;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.List;

/** How many trainings the races of a study saved, and why. */
final class SkippedTrainings {
    private long trainings;
    private long skipped;
    private long failures;
    private long regressions;
    private long outOfReach;

    /** Adds the trials of one technique. */
    void add(FleetObjective objective, List<CompletedTrial> trials) {
        for (CompletedTrial trial : trials) {
            trainings += trial.models().size();
            skipped += trial.skipped().size();
            if (trial.stopped()) {
                count(objective, trial);
            }
        }
    }

    private void count(FleetObjective objective, CompletedTrial trial) {
        if (trial.deltas().stream().anyMatch(ModelDelta::failed)) {
            failures++;
        } else if (trial.deltas().stream().filter(objective::regresses).count() > objective.allowedRegressions()) {
            regressions++;
        } else {
            outOfReach++;
        }
    }

    /** In words. */
    String text() {
        if (skipped == 0) {
            return "none of " + trainings + " trainings was skipped";
        }
        List<String> why = new ArrayList<>();
        add(why, regressions, "had more regressions than epsilon allows");
        add(why, failures, "had a model that failed");
        add(why, outOfReach, "could not reach a mu that matters, if no model did better than before");
        return skipped + " of " + trainings + " trainings were skipped: " + String.join(", ", why);
    }

    private static void add(List<String> why, long trials, String what) {
        if (trials > 0) {
            why.add(trials + (trials == 1 ? " trial " : " trials ") + what);
        }
    }
}
