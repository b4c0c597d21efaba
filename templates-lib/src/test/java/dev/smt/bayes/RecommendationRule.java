package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.random.Well19937c;

/** How theta* is picked from what the trials said; the same for every strategy. */
enum RecommendationRule {
    /** Algorithm 1: the largest observed A. */
    PAPER {
        @Override
        Optional<ParameterValues> pick(SearchSpace space, FleetObjective objective, List<Result> told) {
            List<CompleteTrial> trials = told.stream()
                    .map(result ->
                            new CompleteTrial(result.theta(), result.outcome().orElseThrow()))
                    .toList();
            ThetaStar star = ThetaStar.of(objective, trials);
            return star.reason() == ThetaStar.Reason.NO_FEASIBLE_TRIAL
                    ? Optional.empty()
                    : star.trial().map(CompleteTrial::theta);
        }
    },
    /** The largest posterior mean of mu among complete trials that are feasible in at least 0.9 of the draws. */
    POSTERIOR {
        @Override
        Optional<ParameterValues> pick(SearchSpace space, FleetObjective objective, List<Result> told) {
            DeltaTable table = new DeltaTable(new UnitCube(space), objective, told);
            List<ParameterValues> thetas =
                    told.stream().map(Result::theta).distinct().toList();
            FleetSamples samples = new FleetSamples(
                    new FleetSurrogate(CoordinateGroups.of(new UnitCube(space)), objective, table),
                    objective,
                    table.points,
                    DRAWS,
                    new Well19937c(told.size()));
            int best = -1;
            double largest = Double.NEGATIVE_INFINITY;
            for (int site = 0; site < table.points.length; site++) {
                samples.moveToSite(site);
                double feasible =
                        Arrays.stream(samples.slack).filter(slack -> slack >= 0).count() / (double) DRAWS;
                double mu = Arrays.stream(samples.mu).average().orElseThrow();
                if (table.complete[site] && feasible >= SUREST && mu > largest) {
                    best = site;
                    largest = mu;
                }
            }
            return best < 0 ? Optional.empty() : Optional.of(thetas.get(best));
        }
    };

    private static final int DRAWS = 512;
    private static final double SUREST = 0.9;

    /** Empty where no trial is good enough: then nothing is shipped. */
    abstract Optional<ParameterValues> pick(SearchSpace space, FleetObjective objective, List<Result> told);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
