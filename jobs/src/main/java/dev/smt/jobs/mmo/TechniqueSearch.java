package dev.smt.jobs.mmo;

import dev.smt.bayes.EarlierTrial;
import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.OptimizerSettings;
import dev.smt.bayes.Suggestion;
import dev.smt.bayes.SurrogateException;
import dev.smt.bayes.TrialRace;
import dev.smt.jobs.trial.Seeds;
import dev.smt.metric.FleetObjective;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Technique;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Algorithm 1, lines 3 to 14, for one technique: suggest thetas, evaluate them on the models, learn, until N are done.
 * The search starts from the trials that are done already, so it goes on after a crash, and after N was raised.
 */
public final class TechniqueSearch {
    private static final Logger LOG = LoggerFactory.getLogger(TechniqueSearch.class);

    /** Of which a posterior says more than the trials themselves. */
    private static final int LEAST_TRIALS = 2;

    private final Technique technique;
    private final FleetObjective objective;
    private final MmoConfiguration configuration;
    private final List<EarlierTrial> earlier;
    private final Predicate<ParameterValues> affordable;

    /** Evaluates a batch of thetas on their models and keeps the results. */
    public interface Evaluator {
        /** @param firstNumber number of the first trial of the batch */
        List<CompletedTrial> evaluate(int firstNumber, List<PlannedTrial> batch, double suggestSeconds);
    }

    /**
     * A search.
     *
     * @param earlier trials of the same technique in other studies, to learn from
     * @param affordable thetas that the models could be served with. The initial trials may be others, which shows what
     *     more capacity would gain
     */
    public TechniqueSearch(
            Technique technique,
            FleetObjective objective,
            MmoConfiguration configuration,
            List<EarlierTrial> earlier,
            Predicate<ParameterValues> affordable) {
        this.technique = technique;
        this.objective = objective;
        this.configuration = configuration;
        this.earlier = List.copyOf(earlier);
        this.affordable = affordable;
    }

    /**
     * All trials, old and new, by number; fewer than N where the search space has fewer points that are affordable. The thetas of a batch are
     * suggested before any of the batch is done. So are those of a batch that was cut short, by a crash or by a smaller
     * N: wherever the search stopped, it goes on as if it had not.
     *
     * @param done the first trials, by number
     */
    public List<CompletedTrial> run(List<CompletedTrial> done, Evaluator evaluator) {
        return run(done, evaluator, configuration.trials()).trials();
    }

    /**
     * The same until so many trials are done, or until the first suggestion of a batch is expected to gain less than the
     * least gain; not before the initial trials are done.
     *
     * @param limit number of trials, the ones that are done included
     */
    SearchProgress run(List<CompletedTrial> done, Evaluator evaluator, int limit) {
        List<CompletedTrial> trials = new ArrayList<>(done);
        FleetOptimizer optimizer = optimizer();
        int told = 0;
        while (trials.size() < limit) {
            int batchStart = trials.size() - trials.size() % configuration.batch();
            for (; told < batchStart; told++) {
                optimizer.tell(trials.get(told).theta(), trials.get(told).deltas());
            }
            List<ParameterValues> ofBatch = trials.subList(batchStart, trials.size()).stream()
                    .map(CompletedTrial::theta)
                    .toList();
            int end = Math.min(batchStart + configuration.batch(), limit);
            long start = System.nanoTime();
            List<Suggestion> batch = optimizer.ask(end - trials.size(), ofBatch);
            if (batch.isEmpty()) {
                return new SearchProgress(trials, SearchProgress.End.SPACE_EXHAUSTED);
            }
            if (ofBatch.isEmpty() && littleToGain(trials.size(), batch.get(0))) {
                return new SearchProgress(trials, SearchProgress.End.LITTLE_TO_GAIN);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            List<PlannedTrial> planned = plan(optimizer, trials.subList(0, batchStart), batch);
            trials.addAll(evaluator.evaluate(trials.size(), planned, seconds / batch.size()));
        }
        return new SearchProgress(trials, SearchProgress.End.TRIALS_DONE);
    }

    private boolean littleToGain(int trials, Suggestion next) {
        return trials >= configuration.initialTrials()
                && next.expectedGain().isPresent()
                && next.expectedGain().getAsDouble() < configuration.leastGain();
    }

    /** The races of a batch follow from what was told before it alone, as its thetas do. */
    private List<PlannedTrial> plan(FleetOptimizer optimizer, List<CompletedTrial> told, List<Suggestion> batch) {
        boolean off = configuration.racing() == Racing.OFF;
        int wave = off ? objective.models().size() : TrialRace.wave(objective);
        Optional<TrialRace.MuBound> bound = bound(told);
        return batch.stream()
                .map(suggestion -> new PlannedTrial(
                        suggestion,
                        new TrialRace(
                                objective,
                                off ? objective.models() : evaluationOrder(optimizer, suggestion.theta()),
                                bound),
                        wave))
                .toList();
    }

    private List<String> evaluationOrder(FleetOptimizer optimizer, ParameterValues theta) {
        try {
            return optimizer.evaluationOrder(theta);
        } catch (SurrogateException unfit) {
            LOG.warn("{}: no order of evaluation, the models' own stands in: {}", technique.name(), unfit.getMessage());
            return objective.models();
        }
    }

    /** No model does better than it did before, and less than tau or than the best feasible mu does not matter. */
    private Optional<TrialRace.MuBound> bound(List<CompletedTrial> told) {
        if (configuration.racing() != Racing.BOUND || told.size() < configuration.initialTrials()) {
            return Optional.empty();
        }
        Map<String, Double> largest = new HashMap<>();
        double least = objective.tau();
        for (CompletedTrial trial : told) {
            trial.deltas().stream()
                    .filter(delta -> !delta.failed())
                    .forEach(delta -> largest.merge(delta.modelId(), delta.delta(), Math::max));
            least = Math.max(least, trial.outcome(objective).aggregate());
        }
        return Optional.of(new TrialRace.MuBound(largest, least));
    }

    /** What the trials together say of each; from nothing but the trials, in their order. */
    public StudyBeliefs beliefs(List<CompletedTrial> trials) {
        if (trials.size() < LEAST_TRIALS) {
            return StudyBeliefs.missing("it needs " + LEAST_TRIALS + " trials and there is " + trials.size());
        }
        FleetOptimizer optimizer = optimizer();
        trials.forEach(trial -> optimizer.tell(trial.theta(), trial.deltas()));
        try {
            return StudyBeliefs.of(optimizer.beliefs());
        } catch (SurrogateException unfit) {
            return StudyBeliefs.missing(unfit.getMessage());
        }
    }

    private FleetOptimizer optimizer() {
        FleetOptimizer optimizer = new FleetOptimizer(
                technique.searchSpace(),
                objective,
                OptimizerSettings.of(technique.searchSpace())
                        .withInitial(List.of(technique.defaults()))
                        .withInitialTrials(configuration.initialTrials())
                        .withAdmission(
                                (trial, theta) -> trial < configuration.initialTrials() || affordable.test(theta)),
                Seeds.of(configuration.seed(), "search", technique.name()));
        if (!earlier.isEmpty()) {
            optimizer.learnFrom(earlier);
        }
        return optimizer;
    }
}
