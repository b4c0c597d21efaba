package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How theta* is picked from what the trials said; the same for every strategy. */
enum RecommendationRule {
    /** Algorithm 1: the largest observed A. */
    PAPER {
        @Override
        Optional<ParameterValues> pick(SearchSpace space, FleetObjective objective, List<Result> told) {
            ThetaStar star = ThetaStar.of(objective, complete(told));
            return star.reason() == ThetaStar.Reason.NO_FEASIBLE_TRIAL
                    ? Optional.empty()
                    : star.trial().map(CompleteTrial::theta);
        }
    },
    /** The largest posterior mean of mu among complete trials that are feasible in at least 0.9 of the draws. */
    POSTERIOR {
        @Override
        Optional<ParameterValues> pick(SearchSpace space, FleetObjective objective, List<Result> told) {
            FleetOptimizer optimizer = new FleetOptimizer(space, objective, OptimizerSettings.of(space), 1);
            told.forEach(result -> optimizer.tell(result.theta(), result.deltas()));
            ThetaStar star = ThetaStar.posterior(objective, complete(told), optimizer.beliefs());
            return star.reason() == ThetaStar.Reason.NO_FEASIBLE_TRIAL
                    ? Optional.empty()
                    : star.trial().map(CompleteTrial::theta);
        }
    };

    private static List<CompleteTrial> complete(List<Result> told) {
        return told.stream()
                .filter(result -> result.outcome().isPresent())
                .map(result ->
                        new CompleteTrial(result.theta(), result.outcome().orElseThrow()))
                .toList();
    }

    /** Empty where no trial is good enough: then nothing is shipped. */
    abstract Optional<ParameterValues> pick(SearchSpace space, FleetObjective objective, List<Result> told);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
