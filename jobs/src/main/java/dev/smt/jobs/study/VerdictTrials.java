package dev.smt.jobs.study;

import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.Candidate;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains models as they were when a study began and as each way left them, with seeds that nothing was chosen by. */
final class VerdictTrials {
    private final String runId;
    private final Baselines baselines;
    private final PairedTrials pairs;
    private final Progress progress;

    VerdictTrials(String runId, Baselines baselines, PairedTrials pairs, Progress progress) {
        this.runId = runId;
        this.baselines = baselines;
        this.pairs = pairs;
        this.progress = progress;
    }

    /** The results by seed of each model whose start could be trained by every seed. */
    Map<FinalModel, List<PairedResult>> of(List<FinalModel> models, List<Long> seeds) {
        Map<String, Candidate> starts = new LinkedHashMap<>();
        models.forEach(model -> starts.put(model.id(), model.start()));
        Map<FinalModel, List<PairedResult>> results = new LinkedHashMap<>();
        for (long seed : seeds) {
            Map<String, Baseline> started = baselines.unpublished(runId, new ArrayList<>(starts.values()), seed);
            List<FinalModel> trained = models.stream()
                    .filter(model -> !started.get(model.id()).failed())
                    .toList();
            List<PairedTrial> trials = trained.stream()
                    .map(model -> new PairedTrial(
                            model.model(),
                            model.last().template(),
                            model.last().values(),
                            started.get(model.id()),
                            Seeds.training(seed, model.id(), 0)))
                    .toList();
            try (Progress.Counter counter = progress.count("models at the end of the study", trials.size())) {
                List<PairedResult> measured = pairs.evaluate(trials, Split.TEST, () -> counter.add(1));
                for (int i = 0; i < trained.size(); i++) {
                    results.computeIfAbsent(trained.get(i), model -> new ArrayList<>())
                            .add(measured.get(i));
                }
            }
        }
        results.values().removeIf(ofModel -> ofModel.size() < seeds.size());
        return results;
    }
}
