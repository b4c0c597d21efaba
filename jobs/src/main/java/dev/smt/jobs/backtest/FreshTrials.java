package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trainings on the executors with a seed, and on rows, that had no part in the study. */
final class FreshTrials implements VersionTrials {
    private final Progress progress;
    private final PairedTrials pairs;
    private final String name;
    private final List<FleetModel> models;
    private final Map<String, Baseline> baselines;
    private final long seed;

    /**
     * Trials of one template's models.
     *
     * @param name the template, for the progress
     * @param baselines of the models by id; a model whose baseline failed is not tested
     * @param seed the baselines' own
     */
    FreshTrials(
            Progress progress,
            PairedTrials pairs,
            String name,
            List<FleetModel> models,
            Map<String, Baseline> baselines,
            long seed) {
        this.progress = progress;
        this.pairs = pairs;
        this.name = name;
        this.models = models.stream()
                .filter(model -> !baselines.get(model.id()).failed())
                .toList();
        this.baselines = baselines;
        this.seed = seed;
    }

    @Override
    public List<FleetModel> models() {
        return models;
    }

    @Override
    public List<List<PairedResult>> evaluate(List<Template> templates) {
        List<PairedTrial> trials = templates.stream()
                .flatMap(template -> models.stream()
                        .map(model -> new PairedTrial(
                                model, template, baselines.get(model.id()), Seeds.training(seed, model.id(), 0))))
                .toList();
        List<PairedResult> results;
        try (Progress.Counter counter = progress.count(name + " back-test trainings", trials.size())) {
            results = pairs.evaluate(trials, Split.TEST, () -> counter.add(1));
        }
        List<List<PairedResult>> byTemplate = new ArrayList<>();
        for (int from = 0; from < results.size(); from += models.size()) {
            byTemplate.add(results.subList(from, from + models.size()));
        }
        return byTemplate;
    }
}
