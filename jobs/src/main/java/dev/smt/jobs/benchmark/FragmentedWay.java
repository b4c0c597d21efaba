package dev.smt.jobs.benchmark;

import dev.smt.bayes.CompleteTrial;
import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.OptimizerSettings;
import dev.smt.bayes.ThetaStar;
import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkModel;
import dev.smt.benchmark.BenchmarkTechnique;
import dev.smt.benchmark.SimulatedTrainings;
import dev.smt.benchmark.SimulatedTrainings.Rows;
import dev.smt.jobs.trial.Seeds;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same trainings without a template: every model has its share of them, tries each technique of the pool with it, and keeps
 * what gained at least tau by its own numbers. The search is the same, on a fleet of one.
 */
final class FragmentedWay {
    private final BenchmarkFleet fleet;
    private final SimulatedTrainings trainings;

    FragmentedWay(BenchmarkFleet fleet) {
        this.fleet = fleet;
        this.trainings = new SimulatedTrainings(fleet);
    }

    /**
     * What the models got.
     *
     * @param trainings used
     * @param pairs techniques kept, over all models
     * @param regressed of them those that truly cost the model more than alpha
     * @param gain mean true gain over all models, in percent NE
     */
    record Result(long trainings, long pairs, long regressed, double gain) {}

    /** @param budget trainings of the whole fleet */
    Result of(List<BenchmarkTechnique> pool, long budget) {
        long perModel = budget / fleet.models().size();
        long used = 0;
        long pairs = 0;
        long regressed = 0;
        double gain = 0;
        for (BenchmarkModel model : fleet.models()) {
            for (int i = 0; i < pool.size(); i++) {
                // What can't be divided evenly goes to the first of the pool.
                int trials = (int) (perModel / pool.size() + (i < perModel % pool.size() ? 1 : 0));
                used += trials;
                Optional<ParameterValues> kept = trials == 0 ? Optional.empty() : kept(pool.get(i), model, trials);
                if (kept.isPresent()) {
                    double truly = pool.get(i).surface().delta(kept.get(), model);
                    pairs++;
                    regressed += truly < -FleetObjective.DEFAULT_ALPHA ? 1 : 0;
                    gain += truly;
                }
            }
        }
        return new Result(used, pairs, regressed, gain / fleet.models().size());
    }

    private Optional<ParameterValues> kept(BenchmarkTechnique technique, BenchmarkModel model, int trials) {
        FleetObjective own = fleet.objective(List.of(model.id()));
        FleetOptimizer optimizer = new FleetOptimizer(
                technique.searchSpace(),
                own,
                OptimizerSettings.of(technique.searchSpace()).withInitial(List.of(technique.defaults())),
                Seeds.of(fleet.seed(), "fragmented", technique.name(), model.id()));
        List<CompleteTrial> done = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            ParameterValues theta = optimizer.ask(1, List.of()).get(0).theta();
            List<ModelDelta> deltas = List.of(trainings.of(technique, theta, model, Rows.VALIDATION, 0));
            optimizer.tell(theta, deltas);
            done.add(new CompleteTrial(theta, own.outcome(deltas)));
        }
        ThetaStar best = ThetaStar.of(own, done);
        return best.accepted() ? best.trial().map(CompleteTrial::theta) : Optional.empty();
    }
}
