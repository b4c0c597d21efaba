package dev.smt.jobs.iteration;

import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.jobs.trial.TrialModelOutcome;
import dev.smt.metric.BucketedLoss;
import dev.smt.template.InvalidTemplateInputsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Losses on validation rows, by a seed that is not the one by which models ship. */
final class ValidationLosses implements InstanceTuning.Evaluator {
    private final FleetInputs fleet;
    private final ExecutorFanOut executors;
    private final Progress progress;
    private final long seed;

    ValidationLosses(FleetInputs fleet, ExecutorFanOut executors, Progress progress, long seed) {
        this.fleet = fleet;
        this.executors = executors;
        this.progress = progress;
        this.seed = seed;
    }

    @Override
    public List<Optional<BucketedLoss>> losses(List<TunedInstance> instances) {
        List<Optional<BucketedLoss>> losses = new ArrayList<>(Collections.nCopies(instances.size(), Optional.empty()));
        List<Integer> trained = new ArrayList<>();
        List<TrialModel> work = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            TunedInstance instance = instances.get(i);
            try {
                work.add(fleet.trialModel(
                        instance.model(),
                        fleet.instantiate(instance.model(), instance.template(), instance.values()),
                        Seeds.training(seed, instance.model().id(), 0),
                        List.of(Split.VALIDATION)));
                trained.add(i);
            } catch (InvalidTemplateInputsException refused) {
                progress.say("  " + instance.model().id() + " can't be made with "
                        + instance.values().values() + ": " + refused.getMessage());
            }
        }
        try (Progress.Counter counter = progress.count("instance tuning trainings", work.size())) {
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
