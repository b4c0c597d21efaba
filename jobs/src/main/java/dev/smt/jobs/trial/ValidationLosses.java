package dev.smt.jobs.trial;

import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.metric.BucketedLoss;
import dev.smt.template.InvalidTemplateInputsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What models tune themselves by: losses on validation rows, by a seed that is not the one by which they ship. */
public final class ValidationLosses {
    private final FleetInputs fleet;
    private final ExecutorFanOut executors;
    private final Progress progress;
    private final long seed;

    public ValidationLosses(FleetInputs fleet, ExecutorFanOut executors, Progress progress, long seed) {
        this.fleet = fleet;
        this.executors = executors;
        this.progress = progress;
        this.seed = seed;
    }

    /**
     * Trains candidates.
     *
     * @param what the trainings are, for the progress
     * @return in the order of the candidates, always on the same rows of a model; empty where a training failed, or the
     *     template can't make the model
     */
    public List<Optional<BucketedLoss>> of(List<Candidate> candidates, String what) {
        List<Optional<BucketedLoss>> losses = new ArrayList<>(Collections.nCopies(candidates.size(), Optional.empty()));
        List<Integer> trained = new ArrayList<>();
        List<TrialModel> work = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            try {
                work.add(fleet.trialModel(
                        candidate.model(),
                        fleet.instantiate(candidate.model(), candidate.template(), candidate.values()),
                        Seeds.training(seed, candidate.model().id(), 0),
                        List.of(Split.VALIDATION)));
                trained.add(i);
            } catch (InvalidTemplateInputsException refused) {
                progress.say("  " + candidate.model().id() + " can't be made"
                        + (candidate.values().values().isEmpty()
                                ? ": "
                                : " with " + candidate.values().values() + ": ")
                        + refused.getMessage());
            }
        }
        try (Progress.Counter counter = progress.count(what, work.size())) {
            List<TrialModelOutcome> outcomes = executors.evaluate(work, outcome -> counter.add(1));
            for (int j = 0; j < outcomes.size(); j++) {
                TrialModelOutcome outcome = outcomes.get(j);
                if (!outcome.failed()) {
                    losses.set(
                            trained.get(j),
                            Optional.of(outcome.evaluation(Split.VALIDATION).losses()));
                }
            }
        }
        return losses;
    }
}
