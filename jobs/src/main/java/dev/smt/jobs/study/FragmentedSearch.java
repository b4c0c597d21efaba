package dev.smt.jobs.study;

import dev.smt.jobs.iteration.ModelSearch;
import dev.smt.jobs.iteration.ShippingGate;
import dev.smt.jobs.trial.Candidate;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.metric.BucketedLoss;
import dev.smt.search.ParameterValues;
import dev.smt.serving.ServingCost;
import dev.smt.technique.Technique;
import java.util.List;
import java.util.Optional;

/**
 * One model's search over the techniques of a pool and their parameters, with the trainings that it may take. Nothing is
 * trained that can't be used together, or that the gate would refuse for its serving cost.
 */
final class FragmentedSearch {
    private final FragmentedModel model;
    private final TechniqueChoice choice;
    private final ModelSearch search;
    private final int trials;

    private FragmentedSearch(FragmentedModel model, TechniqueChoice choice, ModelSearch search, int trials) {
        this.model = model;
        this.choice = choice;
        this.search = search;
        this.trials = trials;
    }

    /**
     * A search; empty where no technique of the pool fits the model.
     *
     * @param gate by which the model ships
     * @param trials that it may have, the model as it is included
     * @param seed of the suggestions
     */
    static Optional<FragmentedSearch> of(
            FragmentedModel model, List<Technique> pool, FleetInputs fleet, ShippingGate gate, int trials, long seed) {
        Optional<ServingCost> present = fleet.cost(model.candidate(model.template()));
        return TechniqueChoice.of(model.template(), pool).map(choice -> {
            Affordable affordable = new Affordable(model, choice, fleet, gate, present);
            ModelSearch search =
                    ModelSearch.of(model.id(), choice.space(), choice.none(), trials, seed, affordable::test);
            return new FragmentedSearch(model, choice, search, trials);
        });
    }

    /** Which points are worth a training. What can't be made, or has no present cost, is for its training to refuse. */
    private record Affordable(
            FragmentedModel model,
            TechniqueChoice choice,
            FleetInputs fleet,
            ShippingGate gate,
            Optional<ServingCost> present) {
        boolean test(ParameterValues point) {
            return choice.conflict(point).isEmpty()
                    && present.flatMap(baseline -> fleet.cost(model.candidate(choice.template(point)))
                                    .flatMap(cost -> gate.overCapacity(model.model(), cost, baseline)))
                            .isEmpty();
        }
    }

    FragmentedModel model() {
        return model;
    }

    /** Trainings that it took. */
    int trainings() {
        return search.trainings();
    }

    /** What to train next; empty where it has had its trainings, or has nothing more to try. */
    Optional<ParameterValues> next() {
        return search.trainings() < trials ? search.next() : Optional.empty();
    }

    /** The model at a point. */
    Candidate candidate(ParameterValues point) {
        return model.candidate(choice.template(point));
    }

    void tell(ParameterValues point, Optional<BucketedLoss> losses) {
        search.tell(point, losses);
    }

    /** What it would ship; none where nothing is better than what it has. */
    List<ChosenTechnique> found() {
        return search.chosen().map(choice::at).orElse(List.of());
    }
}
