package dev.smt.jobs.trial;

import dev.smt.data.RowSample;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.table.Cells;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import dev.smt.metric.ModelDelta;
import dev.smt.metric.PairedDelta;
import dev.smt.template.InvalidTemplateInputsException;
import dev.smt.training.ModelSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Trains models on the executors and compares each with its baseline on the same rows. */
public final class PairedTrials {
    private static final String DRIVER = "driver";

    private final FleetInputs fleet;
    private final ExecutorFanOut executors;
    private final EvaluationConfiguration evaluation;

    public PairedTrials(FleetInputs fleet, ExecutorFanOut executors) {
        this(fleet, executors, EvaluationConfiguration.PLAIN);
    }

    /**
     * Trials that are compared on the test rows in the segments of some features too, which the baselines must have, and on
     * the unseen ones of them separately.
     */
    public PairedTrials(FleetInputs fleet, ExecutorFanOut executors, EvaluationConfiguration evaluation) {
        this.fleet = fleet;
        this.executors = executors;
        this.evaluation = evaluation;
    }

    /** The training rows that the trials see. */
    public RowSample sample() {
        return fleet.sample();
    }

    /**
     * The results in the order of the trials. A model that the template can't make, or whose training fails, is a
     * failed result with its reason.
     */
    public List<PairedResult> evaluate(List<PairedTrial> trials, Split split, Runnable whenOneIsDone) {
        PairedResult[] results = new PairedResult[trials.size()];
        List<Integer> trained = new ArrayList<>();
        List<ModelSpecification> specifications = new ArrayList<>();
        List<TrialModel> work = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            PairedTrial trial = trials.get(i);
            try {
                ModelSpecification specification = fleet.instantiate(trial.model(), trial.template(), trial.values());
                work.add(fleet.trialModel(
                        trial.model(),
                        specification,
                        trial.seed(),
                        List.of(split),
                        split == Split.TEST ? evaluation.segments() : List.of()));
                specifications.add(specification);
                trained.add(i);
            } catch (InvalidTemplateInputsException refused) {
                results[i] = failed(trial, split, refused.getMessage(), CostRatios.UNKNOWN, DRIVER);
                whenOneIsDone.run();
            }
        }
        List<TrialModelOutcome> outcomes = executors.evaluate(work, outcome -> whenOneIsDone.run());
        for (int j = 0; j < outcomes.size(); j++) {
            int i = trained.get(j);
            results[i] = result(trials.get(i), specifications.get(j), outcomes.get(j), split);
        }
        return Arrays.asList(results);
    }

    /** What a model would cost, which is known without training it. */
    public CostRatios cost(PairedTrial trial) {
        return fleet.cost(new Candidate(trial.model(), trial.template(), trial.values()))
                .map(cost -> CostRatios.of(cost, trial.baseline().cost()))
                .orElse(CostRatios.UNKNOWN);
    }

    private PairedResult result(
            PairedTrial trial, ModelSpecification specification, TrialModelOutcome outcome, Split split) {
        CostRatios ratios =
                CostRatios.of(FleetInputs.cost(specification), trial.baseline().cost());
        if (outcome.failed()) {
            return failed(trial, split, outcome.failureReason(), ratios, outcome.host());
        }
        Evaluation measured = outcome.evaluation(split);
        BucketedLoss losses = measured.losses();
        BucketedLoss base = trial.baseline().losses(split);
        UnseenRows unseen = unseen(split);
        return new PairedResult(
                ModelDelta.of(trial.model().id(), PairedDelta.between(unseen.decisive(base), unseen.decisive(losses))),
                Optional.empty(),
                OptionalDouble.of(unseen.decisive(measured.normalizedEntropy(), losses)),
                base(trial, split),
                Cells.finite(measured.auc() - trial.baseline().auc(split)),
                Cells.finite(measured.calibration()),
                ratios.flops(),
                ratios.bytes(),
                outcome.trainSeconds(),
                outcome.examples(),
                outcome.device(),
                outcome.host(),
                SegmentResult.pairs(outcome.segments(), trial.baseline().segments()),
                unseen.delta(base, losses));
    }

    private PairedResult failed(PairedTrial trial, Split split, String reason, CostRatios ratios, String host) {
        return new PairedResult(
                ModelDelta.failure(trial.model().id()),
                Optional.of(reason),
                OptionalDouble.empty(),
                base(trial, split),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                ratios.flops(),
                ratios.bytes(),
                0,
                0,
                "cpu",
                host,
                List.of(),
                Optional.empty());
    }

    private UnseenRows unseen(Split split) {
        return split == Split.TEST ? evaluation.unseen() : UnseenRows.NONE;
    }

    /** The baseline's normalized entropy on the rows that decide. */
    private double base(PairedTrial trial, Split split) {
        Baseline baseline = trial.baseline();
        return unseen(split).decisive(baseline.normalizedEntropy(split), baseline.losses(split));
    }
}
