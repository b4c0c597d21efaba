package dev.smt.jobs.mmo;

import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.OptimizerSettings;
import dev.smt.bayes.Suggestion;
import dev.smt.bayes.SurrogateException;
import dev.smt.jobs.trial.Seeds;
import dev.smt.metric.FleetObjective;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Technique;
import java.util.ArrayList;
import java.util.List;

/**
 * Algorithm 1, lines 3 to 14, for one technique: suggest thetas, evaluate them on all models, learn, until N are done.
 * The search starts from the trials that are done already, so it goes on after a crash, and after N was raised.
 */
public final class TechniqueSearch {
    /** Of which a posterior says more than the trials themselves. */
    private static final int LEAST_TRIALS = 2;

    private final Technique technique;
    private final FleetObjective objective;
    private final MmoConfiguration configuration;

    /** Evaluates a batch of thetas on all models and keeps the results. */
    public interface Evaluator {
        /** @param firstNumber number of the first trial of the batch */
        List<CompletedTrial> evaluate(int firstNumber, List<Suggestion> batch, double suggestSeconds);
    }

    public TechniqueSearch(Technique technique, FleetObjective objective, MmoConfiguration configuration) {
        this.technique = technique;
        this.objective = objective;
        this.configuration = configuration;
    }

    /**
     * All trials, old and new, by number; fewer than N where the search space has fewer points. The thetas of a batch are
     * suggested before any of the batch is done. So are those of a batch that was cut short, by a crash or by a smaller
     * N: wherever the search stopped, it goes on as if it had not.
     *
     * @param done the first trials, by number
     */
    public List<CompletedTrial> run(List<CompletedTrial> done, Evaluator evaluator) {
        List<CompletedTrial> trials = new ArrayList<>(done);
        FleetOptimizer optimizer = optimizer();
        int told = 0;
        while (trials.size() < configuration.trials()) {
            int batchStart = trials.size() - trials.size() % configuration.batch();
            for (; told < batchStart; told++) {
                optimizer.tell(trials.get(told).theta(), trials.get(told).deltas());
            }
            List<ParameterValues> ofBatch = trials.subList(batchStart, trials.size()).stream()
                    .map(CompletedTrial::theta)
                    .toList();
            int end = Math.min(batchStart + configuration.batch(), configuration.trials());
            long start = System.nanoTime();
            List<Suggestion> batch = optimizer.ask(end - trials.size(), ofBatch);
            if (batch.isEmpty()) {
                break;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            trials.addAll(evaluator.evaluate(trials.size(), batch, seconds / batch.size()));
        }
        return trials;
    }

    /** What the trials together say of each; from nothing but the trials, in their order. */
    StudyBeliefs beliefs(List<CompletedTrial> trials) {
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
        return new FleetOptimizer(
                technique.searchSpace(),
                objective,
                OptimizerSettings.of(technique.searchSpace())
                        .withInitial(List.of(technique.defaults()))
                        .withInitialTrials(configuration.initialTrials()),
                Seeds.of(configuration.seed(), "search", technique.name()));
    }
}
