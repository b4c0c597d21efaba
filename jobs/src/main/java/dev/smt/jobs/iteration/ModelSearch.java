package dev.smt.jobs.iteration;

import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.OptimizerSettings;
import dev.smt.bayes.Suggestion;
import dev.smt.bayes.SurrogateException;
import dev.smt.bayes.TrialBelief;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.metric.PairedDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model's search for itself: a fleet of one, which may regress as it likes until the gate. The first trial is what it has,
 * and the others are compared with it.
 */
public final class ModelSearch {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSearch.class);
    private static final double ANY_REGRESSION_RATE = 1;

    private final String modelId;
    private final ParameterValues start;
    private final FleetOptimizer optimizer;
    private Optional<BucketedLoss> reference = Optional.empty();
    private int trainings;
    private boolean ended;

    private ModelSearch(String modelId, ParameterValues start, FleetOptimizer optimizer) {
        this.modelId = modelId;
        this.start = start;
        this.optimizer = optimizer;
    }

    /**
     * A search.
     *
     * @param space with one parameter or more
     * @param start what the model has
     * @param trials that it will have, the start included
     * @param seed of the suggestions
     * @param allowed points that are worth a training, what the model has aside: those that it could be served with
     */
    public static ModelSearch of(
            String modelId,
            SearchSpace space,
            ParameterValues start,
            int trials,
            long seed,
            Predicate<ParameterValues> allowed) {
        FleetObjective alone = new FleetObjective(
                FleetObjective.DEFAULT_ALPHA, ANY_REGRESSION_RATE, FleetObjective.DEFAULT_TAU, Map.of(modelId, 1.0));
        OptimizerSettings settings = OptimizerSettings.of(space)
                .withInitial(List.of(start))
                .withInitialTrials(Math.max(2, trials / 2))
                .withAdmission((trial, theta) -> allowed.test(theta));
        return new ModelSearch(modelId, start, new FleetOptimizer(space, alone, settings, seed));
    }

    /** What to train next; empty where the space has no more that is allowed, or the start could not be trained. */
    public Optional<ParameterValues> next() {
        if (ended || (trainings > 0 && reference.isEmpty())) {
            return Optional.empty();
        }
        Optional<ParameterValues> next =
                optimizer.ask(1, List.of()).stream().map(Suggestion::theta).findFirst();
        ended = next.isEmpty();
        return next;
    }

    /** @param losses empty where the training failed; the first are those of the start */
    public void tell(ParameterValues theta, Optional<BucketedLoss> losses) {
        trainings++;
        if (trainings == 1) {
            reference = losses;
        }
        ModelDelta delta = losses.flatMap(loss -> reference.map(base -> PairedDelta.between(base, loss)))
                .map(paired -> ModelDelta.of(modelId, paired))
                .orElse(ModelDelta.failure(modelId));
        optimizer.tell(theta, List.of(delta));
    }

    /** Trainings that were told, failed ones too. */
    public int trainings() {
        return trainings;
    }

    /**
     * The trial with the largest posterior mean, where that is above the start's by more than its posterior standard
     * deviation: what is as good is no reason to change. Empty where there is none.
     */
    public Optional<ParameterValues> chosen() {
        if (reference.isEmpty() || trainings < 2) {
            return Optional.empty();
        }
        try {
            List<TrialBelief> beliefs = optimizer.beliefs();
            double own = beliefs.stream()
                    .filter(belief -> belief.theta().equals(start))
                    .mapToDouble(TrialBelief::mu)
                    .findFirst()
                    .orElseThrow();
            return beliefs.stream()
                    .filter(TrialBelief::complete)
                    .max(Comparator.comparingDouble(TrialBelief::mu))
                    .filter(best -> best.mu() - own > best.muDeviation())
                    .map(TrialBelief::theta);
        } catch (SurrogateException unfit) {
            LOG.warn("{} keeps what it has: {}", modelId, unfit.getMessage());
            return Optional.empty();
        }
    }
}
