package dev.smt.jobs.study;

import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.iteration.IterationConfiguration;
import dev.smt.jobs.iteration.ModelSearch;
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
import java.util.OptionalDouble;
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

    /** Suggestions in a row whose techniques can't be used together, after which a search ends. */
    private static final int MOST_REFUSALS = 50;

    private final RunContext context;
    private final String runId;
    private final String studyId;
    private final int cycle;
    private final Baselines baselines;
    private final PairedTrials pairs;
    private final ValidationLosses losses;
    private final MmoConfiguration mmo;
    private final IterationConfiguration iteration;
    private final long freshSeed;

    FragmentedTuning(
            RunContext context,
            String runId,
            String studyId,
            int cycle,
            FleetInputs fleet,
            PublishedTemplates templates,
            ExecutorFanOut executors,
            MmoConfiguration mmo,
            IterationConfiguration iteration,
            EvaluationConfiguration evaluation) {
        this.context = context;
        this.runId = runId;
        this.studyId = studyId;
        this.cycle = cycle;
        this.baselines = new Baselines(context.warehouse(), fleet, templates, executors, context.progress());
        this.pairs = new PairedTrials(fleet, executors, evaluation.withoutSegments());
        long seed = Seeds.of(mmo.seed(), FragmentedStep.NAME, Integer.toString(cycle));
        this.losses = new ValidationLosses(fleet, executors, context.progress(), seed);
        this.freshSeed = Seeds.of(seed, "fresh");
        this.mmo = mmo;
        this.iteration = iteration;
    }

    /** One model's search with the trainings that it may take. */
    private record Search(FragmentedModel model, TechniqueChoice choice, ModelSearch search, int trials) {
        boolean open() {
            return search.trainings() < trials;
        }

        /** The next point whose techniques can be used together. */
        Optional<ParameterValues> next() {
            for (int refused = 0; refused < MOST_REFUSALS; refused++) {
                Optional<ParameterValues> next = search.next();
                if (next.isEmpty() || choice.conflict(next.get()).isEmpty()) {
                    return next;
                }
                search.refuse(next.get());
            }
            return Optional.empty();
        }

        /** What it would ship; none where nothing is better than what it has. */
        Found found() {
            return new Found(this, search.chosen().map(choice::at).orElse(List.of()));
        }
    }

    /** A search that has ended, with what it would ship. */
    private record Found(Search search, List<ChosenTechnique> techniques) {
        FragmentedModel model() {
            return search.model();
        }
    }

    /** What becomes of some models, in their order. */
    List<FragmentedIterationRow> of(List<FragmentedModel> models, Map<String, Integer> budgets, List<Technique> pool) {
        Map<String, Search> searches = new LinkedHashMap<>();
        for (FragmentedModel model : models) {
            int trials = budgets.get(model.id()) - GATE;
            if (trials >= LEAST_SEARCH) {
                TechniqueChoice.of(model.template(), pool)
                        .ifPresent(choice -> searches.put(model.id(), search(model, choice, trials)));
            }
        }
        run(searches.values());
        Map<String, Found> found = new LinkedHashMap<>();
        searches.forEach((id, search) -> found.put(id, search.found()));
        Map<String, PairedResult> results = new TreeMap<>();
        Map<String, Baseline> current = gate(found.values(), results);
        return models.stream()
                .map(model -> Optional.ofNullable(found.get(model.id()))
                        .map(ended -> row(ended, budgets, current, results))
                        .orElseGet(() -> unchanged(
                                model,
                                budgets.get(model.id()),
                                0,
                                ModelIterationRow.KEPT_BASELINE,
                                budgets.get(model.id()) < GATE + LEAST_SEARCH
                                        ? "its share of the trainings is too small for a search"
                                        : "no technique of the pool fits it")))
                .toList();
    }

    private Search search(FragmentedModel model, TechniqueChoice choice, int trials) {
        long seed = Seeds.of(mmo.seed(), FragmentedStep.NAME, "search", Integer.toString(cycle), model.id());
        return new Search(
                model, choice, ModelSearch.of(model.id(), choice.space(), choice.none(), trials, seed), trials);
    }

    /** One training of every open search at a time, side by side. */
    private void run(Collection<Search> searches) {
        Map<Search, ParameterValues> round = nextPoints(searches);
        while (!round.isEmpty()) {
            List<Candidate> candidates = new ArrayList<>();
            round.forEach((search, point) ->
                    candidates.add(search.model().candidate(search.choice().template(point))));
            Iterator<Optional<BucketedLoss>> measured =
                    losses.of(candidates, "trainings of models tuned alone").iterator();
            round.forEach((search, point) -> search.search().tell(point, measured.next()));
            round = nextPoints(searches);
        }
    }

    /** What each open search wants to be trained, in their order. */
    private static Map<Search, ParameterValues> nextPoints(Collection<Search> searches) {
        Map<Search, ParameterValues> points = new LinkedHashMap<>();
        for (Search search : searches) {
            if (search.open()) {
                search.next().ifPresent(point -> points.put(search, point));
            }
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
                runId,
                found.stream()
                        .map(search -> search.model().candidate(search.model().template()))
                        .toList(),
                freshSeed);
        List<PairedTrial> trials = found.stream()
                .filter(search -> !current.get(search.model().id()).failed())
                .map(search -> new PairedTrial(
                        search.model().model(),
                        search.model().with(search.techniques()).template(),
                        search.model().values(),
                        current.get(search.model().id()),
                        Seeds.training(freshSeed, search.model().id(), 0)))
                .toList();
        try (Progress.Counter counter = context.progress().count("models tuned alone, at the gate", trials.size())) {
            List<PairedResult> measured = pairs.evaluate(trials, Split.TEST, () -> counter.add(1));
            for (int i = 0; i < trials.size(); i++) {
                results.put(trials.get(i).model().id(), measured.get(i));
            }
        }
        return current;
    }

    private FragmentedIterationRow row(
            Found found,
            Map<String, Integer> budgets,
            Map<String, Baseline> current,
            Map<String, PairedResult> results) {
        FragmentedModel model = found.model();
        int budget = budgets.get(model.id());
        int trainings = found.search().search().trainings();
        if (found.techniques().isEmpty()) {
            return unchanged(model, budget, trainings, ModelIterationRow.KEPT_BASELINE, "nothing it tried is better");
        }
        Baseline baseline = current.get(model.id());
        if (baseline.failed()) {
            return unchanged(
                    model,
                    budget,
                    trainings + 1,
                    ModelIterationRow.RESISTED,
                    "what it has can't be trained: " + baseline.row().reason().orElse("no reason"));
        }
        PairedResult result = results.get(model.id());
        double tolerance = mmo.allowOverCapacity()
                ? Double.POSITIVE_INFINITY
                : model.start().serving().capacityTolerance();
        ShippingGate.Verdict verdict = new ShippingGate(mmo.alpha(), iteration.resistThreshold(), tolerance)
                .judge(model.model(), result, baseline);
        boolean shipped = verdict.outcome().equals(ModelIterationRow.SHIPPED);
        List<ChosenTechnique> added = shipped ? found.techniques() : List.of();
        return row(
                model.with(added),
                budget,
                trainings + GATE,
                added,
                result.neDelta(),
                result.neDeltaSe(),
                result.unseenDelta(),
                result.unseenDeltaSe(),
                OptionalDouble.of(result.flopsRatio()),
                OptionalDouble.of(result.bytesRatio()),
                verdict.outcome(),
                verdict.reason());
    }

    private FragmentedIterationRow unchanged(
            FragmentedModel model, int budget, int trainings, String outcome, String reason) {
        OptionalDouble none = OptionalDouble.empty();
        return row(model, budget, trainings, List.of(), none, none, none, none, none, none, outcome, reason);
    }

    private FragmentedIterationRow row(
            FragmentedModel after,
            int budget,
            int trainings,
            List<ChosenTechnique> added,
            OptionalDouble delta,
            OptionalDouble error,
            OptionalDouble unseenDelta,
            OptionalDouble unseenError,
            OptionalDouble flopsRatio,
            OptionalDouble bytesRatio,
            String outcome,
            String reason) {
        return new FragmentedIterationRow(
                runId,
                studyId,
                cycle,
                after.id(),
                budget,
                trainings,
                after.techniques().stream().map(ChosenTechnique::name).toList(),
                after.techniques().stream().map(ChosenTechnique::json).toList(),
                added.size(),
                added.stream().mapToInt(ChosenTechnique::edits).sum(),
                delta,
                error,
                unseenDelta,
                unseenError,
                flopsRatio,
                bytesRatio,
                outcome,
                reason);
    }
}
