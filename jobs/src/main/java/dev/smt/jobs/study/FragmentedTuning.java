package dev.smt.jobs.study;

import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.iteration.IterationConfiguration;
import dev.smt.jobs.iteration.ShippingGate;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.Candidate;
import dev.smt.jobs.trial.EvaluationConfiguration;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.ValidationLosses;
import dev.smt.metric.BucketedLoss;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Technique;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tunes models, each alone: a search on the validation rows over the techniques of a pool and their parameters, and the same
 * gate as the templates' models have, on test rows and with a seed that had no part in the search.
 */
final class FragmentedTuning {
    /** Trainings of the gate: what the model has, and what it would have. */
    private static final int GATE = 2;

    /** The model as it is, and one that may be better. */
    private static final int LEAST_SEARCH = 2;

    private final Progress progress;
    private final FragmentedRows rows;
    private final FleetInputs fleet;
    private final Rules rules;
    private final Baselines baselines;
    private final PairedTrials pairs;
    private final ValidationLosses losses;
    private final long freshSeed;

    /** What the cycle's steps are configured with. */
    record Rules(MmoConfiguration mmo, IterationConfiguration iteration, EvaluationConfiguration evaluation) {
        /** The gate of a model. */
        ShippingGate gate(FragmentedModel model) {
            return new ShippingGate(mmo.alpha(), iteration.resistThreshold(), mmo.capacityTolerance(model.start()));
        }
    }

    /** A search that has ended, with what it would ship. */
    private record Found(FragmentedSearch search, List<ChosenTechnique> techniques) {
        FragmentedModel model() {
            return search.model();
        }
    }

    FragmentedTuning(
            RunContext context,
            FragmentedRows rows,
            FleetInputs fleet,
            PublishedTemplates templates,
            ExecutorFanOut executors,
            Rules rules) {
        this.progress = context.progress();
        this.rows = rows;
        this.fleet = fleet;
        this.rules = rules;
        this.baselines = new Baselines(context.warehouse(), fleet, templates, executors, progress);
        this.pairs = new PairedTrials(fleet, executors, rules.evaluation().withoutSegments());
        long seed = Seeds.of(rules.mmo().seed(), FragmentedStep.NAME, Integer.toString(rows.cycle()));
        this.losses = new ValidationLosses(fleet, executors, progress, seed);
        this.freshSeed = Seeds.of(seed, "fresh");
    }

    /** What becomes of some models, in their order. */
    List<FragmentedIterationRow> of(List<FragmentedModel> models, Map<String, Integer> budgets, List<Technique> pool) {
        Map<String, FragmentedSearch> searches = new LinkedHashMap<>();
        for (FragmentedModel model : models) {
            int trials = budgets.get(model.id()) - GATE;
            if (trials >= LEAST_SEARCH) {
                FragmentedSearch.of(model, pool, fleet, rules.gate(model), trials, searchSeed(model))
                        .ifPresent(search -> searches.put(model.id(), search));
            }
        }
        run(searches.values());
        Map<String, Found> found = new LinkedHashMap<>();
        searches.forEach((id, search) -> found.put(id, new Found(search, search.found())));
        Map<String, PairedResult> results = new TreeMap<>();
        Map<String, Baseline> current = gate(found.values(), results);
        return models.stream()
                .map(model -> Optional.ofNullable(found.get(model.id()))
                        .map(ended -> row(ended, budgets.get(model.id()), current, results))
                        .orElseGet(() -> unsearched(model, budgets.get(model.id()))))
                .toList();
    }

    private long searchSeed(FragmentedModel model) {
        return Seeds.of(rules.mmo().seed(), FragmentedStep.NAME, "search", Integer.toString(rows.cycle()), model.id());
    }

    private FragmentedIterationRow unsearched(FragmentedModel model, int budget) {
        String reason = budget < GATE + LEAST_SEARCH
                ? "its share of the trainings is too small for a search"
                : "no technique of the pool fits it";
        return rows.unchanged(model, budget, 0, ModelIterationRow.KEPT_BASELINE, reason);
    }

    /** One training of every open search at a time, side by side. */
    private void run(Collection<FragmentedSearch> searches) {
        Map<FragmentedSearch, ParameterValues> round = nextPoints(searches);
        while (!round.isEmpty()) {
            List<Candidate> candidates = new ArrayList<>();
            round.forEach((search, point) -> candidates.add(search.candidate(point)));
            Iterator<Optional<BucketedLoss>> measured =
                    losses.of(candidates, "trainings of models tuned alone").iterator();
            round.forEach((search, point) -> search.tell(point, measured.next()));
            round = nextPoints(searches);
        }
    }

    /** What each open search wants to be trained, in their order. */
    private static Map<FragmentedSearch, ParameterValues> nextPoints(Collection<FragmentedSearch> searches) {
        Map<FragmentedSearch, ParameterValues> points = new LinkedHashMap<>();
        for (FragmentedSearch search : searches) {
            search.next().ifPresent(point -> points.put(search, point));
        }
        return points;
    }

    /** Trains what the models have and what they found, once more. */
    private Map<String, Baseline> gate(Collection<Found> ended, Map<String, PairedResult> results) {
        List<Found> found =
                ended.stream().filter(one -> !one.techniques().isEmpty()).toList();
        if (found.isEmpty()) {
            return Map.of();
        }
        Map<String, Baseline> current = baselines.unpublished(
                rows.runId(),
                found.stream()
                        .map(one -> one.model().candidate(one.model().template()))
                        .toList(),
                freshSeed);
        List<PairedTrial> trials = found.stream()
                .filter(one -> !current.get(one.model().id()).failed())
                .map(one -> trial(one, current.get(one.model().id())))
                .toList();
        try (Progress.Counter counter = progress.count("models tuned alone, at the gate", trials.size())) {
            List<PairedResult> measured = pairs.evaluate(trials, Split.TEST, () -> counter.add(1));
            for (int i = 0; i < trials.size(); i++) {
                results.put(trials.get(i).model().id(), measured.get(i));
            }
        }
        return current;
    }

    private PairedTrial trial(Found found, Baseline current) {
        FragmentedModel model = found.model();
        return new PairedTrial(
                model.model(),
                model.with(found.techniques()).template(),
                model.values(),
                current,
                Seeds.training(freshSeed, model.id(), 0));
    }

    private FragmentedIterationRow row(
            Found found, int budget, Map<String, Baseline> current, Map<String, PairedResult> results) {
        FragmentedModel model = found.model();
        int trainings = found.search().trainings();
        if (found.techniques().isEmpty()) {
            return rows.unchanged(
                    model, budget, trainings, ModelIterationRow.KEPT_BASELINE, "nothing it tried is better");
        }
        Baseline baseline = current.get(model.id());
        if (baseline.failed()) {
            return rows.unchanged(
                    model,
                    budget,
                    trainings + 1,
                    ModelIterationRow.RESISTED,
                    "what it has can't be trained: " + baseline.row().reason().orElse("no reason"));
        }
        PairedResult result = results.get(model.id());
        ShippingGate.Verdict verdict = rules.gate(model).judge(model.model(), result, baseline);
        return rows.judged(model, budget, trainings + GATE, found.techniques(), result, verdict);
    }
}
