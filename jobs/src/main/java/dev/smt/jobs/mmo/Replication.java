package dev.smt.jobs.mmo;

import dev.smt.decision.Evidence;
import dev.smt.decision.ProbabilityRule;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.Seeds;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a technique at its theta* again, with seeds that had no part in choosing it, baselines included: a replicate of
 * all models at a time, until the verdict is clear, the budget is spent, or no number of replicates within it would help.
 * Replicates are kept with the trial, so a study goes on after a crash.
 */
final class Replication {
    private final TechniqueWork work;
    private final Baselines baselines;
    private final ProbabilityRule rule;

    Replication(TechniqueWork work, Baselines baselines) {
        this.work = work;
        this.baselines = baselines;
        this.rule = new ProbabilityRule(work.objective(), work.configuration().certainty());
    }

    /**
     * What is known of the trial in the end; empty where a model was skipped, so that it has no outcome.
     *
     * @param least replicates, also where the verdict is clear without
     */
    Optional<TechniqueEvidence> of(CompletedTrial trial, int least) {
        if (trial.stopped()) {
            return Optional.empty();
        }
        List<List<ModelDelta>> fresh = new ArrayList<>();
        Evidence evidence = rule.decide(
                trial.deltas(), least, Math.max(least, work.configuration().replicates()), number -> {
                    List<ModelDelta> known =
                            work.ledger().replicate(work.technique().name(), trial.number(), number);
                    fresh.add(known.size() == work.models().size() ? known : train(trial, number));
                    return fresh.get(number - 1);
                });
        return Optional.of(new TechniqueEvidence(evidence, means(trial.deltas(), fresh), rule.toClose(evidence)));
    }

    /** Of each model; a failure where one of its trainings failed. */
    private static List<ModelDelta> means(List<ModelDelta> models, List<List<ModelDelta>> replicates) {
        if (replicates.isEmpty()) {
            return List.of();
        }
        return models.stream()
                .map(model -> mean(replicates.stream()
                        .flatMap(List::stream)
                        .filter(delta -> delta.modelId().equals(model.modelId()))
                        .toList()))
                .toList();
    }

    private static ModelDelta mean(List<ModelDelta> deltas) {
        String model = deltas.get(0).modelId();
        if (deltas.stream().anyMatch(ModelDelta::failed)) {
            return ModelDelta.failure(model);
        }
        double mean = deltas.stream().mapToDouble(ModelDelta::delta).average().orElseThrow();
        double error = Math.sqrt(deltas.stream()
                        .mapToDouble(delta -> Math.pow(delta.standardError(), 2))
                        .sum())
                / deltas.size();
        return new ModelDelta(model, false, mean, error);
    }

    private List<ModelDelta> train(CompletedTrial trial, int number) {
        long seed = Seeds.replicate(work.configuration().seed(), number);
        Map<String, Baseline> fresh = baselines.of(work.runId(), work.models(), work.study()::base, seed);
        List<String> failed = work.models().stream()
                .map(FleetModel::id)
                .filter(id -> fresh.get(id).failed())
                .toList();
        List<PairedTrial> pairs = work.models().stream()
                .filter(model -> !failed.contains(model.id()))
                .map(model -> work.pair(model, trial.theta(), fresh.get(model.id()), seed))
                .toList();
        List<PairedResult> results;
        String what = work.technique().name() + " trainings (replicate " + number + " of theta*)";
        try (Progress.Counter counter = work.context().progress().count(what, pairs.size())) {
            results = work.onAllRows().evaluate(pairs, Split.VALIDATION, () -> counter.add(1));
        }
        work.commits()
                .addReplicate(results.stream()
                        .map(result -> TrialModelRows.replicate(
                                work.runId(),
                                work.ledger().studyId(),
                                work.technique().name(),
                                trial.number(),
                                number,
                                result))
                        .toList());
        List<ModelDelta> deltas =
                new ArrayList<>(results.stream().map(PairedResult::delta).toList());
        // There is nothing to compare with: that says nothing for the technique, so it doesn't count for it.
        failed.forEach(id -> deltas.add(ModelDelta.failure(id)));
        return deltas;
    }
}
