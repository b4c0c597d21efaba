package dev.smt.bayes;

import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.Well19937c;

/**
 * One study of a synthetic fleet that begins with an earlier one.
 *
 * @param regrets A* minus the true A of theta* by the posterior after each trial, in percent NE; A* itself where it is
 *     infeasible or there is none; NaN up to the last initial trial
 * @param discrepancy of the earlier study in the end, in percent NE; NaN where there was none
 */
record WarmStartRun(double[] regrets, double discrepancy) {
    static WarmStartRun of(
            SyntheticFleet fleet, SyntheticFleet other, EarlierKind kind, int earlier, int trials, long seed) {
        double noise = 0.02;
        FleetOptimizer optimizer =
                new FleetOptimizer(fleet.space(), fleet.objective(), OptimizerSettings.of(fleet.space()), seed);
        optimizer.learnFrom(kind.trials(fleet, other, noise, earlier, seed));
        double[] regrets = new double[trials];
        List<CompleteTrial> complete = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            ParameterValues theta = optimizer.ask(1, List.of()).get(0).theta();
            List<ModelDelta> deltas = fleet.measured(theta, noise, new Well19937c(new int[] {(int) seed, trial}));
            optimizer.tell(theta, deltas);
            complete.add(new CompleteTrial(theta, fleet.objective().outcome(deltas)));
            regrets[trial] = trial < 1 ? Double.NaN : regret(fleet, optimizer, complete);
        }
        return new WarmStartRun(regrets, optimizer.discrepancies().getOrDefault("earlier", Double.NaN));
    }

    private static double regret(SyntheticFleet fleet, FleetOptimizer optimizer, List<CompleteTrial> complete) {
        ThetaStar star = ThetaStar.posterior(fleet.objective(), complete, optimizer.beliefs());
        Optional<FleetOutcome> pick = star.trial()
                .filter(trial -> star.reason() != ThetaStar.Reason.NO_FEASIBLE_TRIAL)
                .map(trial -> fleet.outcome(trial.theta()));
        double optimum = fleet.truth().optimum();
        return pick.filter(FleetOutcome::feasible)
                .map(outcome -> optimum - outcome.mu())
                .orElse(optimum);
    }
}
