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
import dev.smt.template.ExposedSpace;
import dev.smt.template.Template;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One model's search over its template's exposed space: a fleet of one, which may regress as it likes until the gate. */
final class InstanceSearch {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceSearch.class);
    private static final double ANY_REGRESSION_RATE = 1;

    private final String modelId;
    private final ParameterValues start;
    private final FleetOptimizer optimizer;
    private Optional<BucketedLoss> reference = Optional.empty();
    private int trainings;

    private InstanceSearch(String modelId, ParameterValues start, FleetOptimizer optimizer) {
        this.modelId = modelId;
        this.start = start;
        this.optimizer = optimizer;
    }

    /**
     * A search that starts at the template's own values.
     *
     * @return empty where the template exposes no bounded field, or has itself a value out of the bounds
     */
    static Optional<InstanceSearch> of(String modelId, Template template, int trials, long seed) {
        SearchSpace space = ExposedSpace.of(template);
        if (space.parameters().isEmpty()) {
            return Optional.empty();
        }
        FleetObjective alone = new FleetObjective(
                FleetObjective.DEFAULT_ALPHA, ANY_REGRESSION_RATE, FleetObjective.DEFAULT_TAU, Map.of(modelId, 1.0));
        return ExposedSpace.current(template)
                .map(start -> new InstanceSearch(
                        modelId,
                        start,
                        new FleetOptimizer(
                                space,
                                alone,
                                OptimizerSettings.of(space)
                                        .withInitial(List.of(start))
                                        .withInitialTrials(Math.max(2, trials / 2)),
                                seed)));
    }

    /** What to train next; empty where the space has no more, or the template's own values could not be trained. */
    Optional<ParameterValues> next() {
        if (trainings > 0 && reference.isEmpty()) {
            return Optional.empty();
        }
        return optimizer.ask(1, List.of()).stream().map(Suggestion::theta).findFirst();
    }

    /** @param losses empty where the training failed; the first are those of the template's own values */
    void tell(ParameterValues theta, Optional<BucketedLoss> losses) {
        trainings++;
        if (trainings == 1) {
            reference = losses;
        }
        ModelDelta delta = losses.flatMap(loss -> reference.map(base -> PairedDelta.between(base, loss)))
                .map(paired -> ModelDelta.of(modelId, paired))
                .orElse(ModelDelta.failure(modelId));
        optimizer.tell(theta, List.of(delta));
    }

    int trainings() {
        return trainings;
    }

    /**
     * The trial with the largest posterior mean, where that is above the template's own by more than its posterior standard
     * deviation: values that are as good are no reason to leave the template. Empty where there is none.
     */
    Optional<ParameterValues> chosen() {
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
            LOG.warn("{} keeps the template's values: {}", modelId, unfit.getMessage());
            return Optional.empty();
        }
    }
}
