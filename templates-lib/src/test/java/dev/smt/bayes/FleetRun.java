package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.random.Well19937c;

/**
 * One run of a strategy on a synthetic fleet.
 *
 * @param optimum the fleet's A*, in percent NE
 * @param picks theta* by each rule
 * @param bestSoFar the largest true A of the trials up to each, in percent NE; minus infinity while none is feasible
 * @param trainings trainings done up to each trial
 * @param infeasibleTrials share of the trials that are truly infeasible
 * @param secondsPerSuggestion median CPU seconds of a suggestion after the initial trials; NaN without such
 */
record FleetRun(
        double optimum,
        Map<RecommendationRule, Pick> picks,
        double[] bestSoFar,
        int[] trainings,
        double infeasibleTrials,
        double secondsPerSuggestion) {

    /**
     * What a rule picked.
     *
     * @param outcome the pick's true outcome; empty where nothing is shipped
     */
    record Pick(Optional<FleetOutcome> outcome) {
        /** A* minus the pick's true A; A* itself where it is truly infeasible or nothing is shipped. */
        double regret(double optimum) {
            return outcome.filter(FleetOutcome::feasible)
                    .map(pick -> optimum - pick.mu())
                    .orElse(optimum);
        }

        boolean infeasible() {
            return outcome.isPresent() && !outcome.get().feasible();
        }
    }

    /** Runs the trials; {@code seed} decides the strategy's draws and the noise. */
    static FleetRun of(SyntheticFleet fleet, StrategyKind kind, double noise, int trials, long seed) {
        FleetObjective objective = fleet.objective();
        int initial = 2 * fleet.space().parameters().size() + 2;
        Strategy strategy = kind.start(fleet.space(), objective, initial, seed);
        List<Result> told = new ArrayList<>();
        double[] bestSoFar = new double[trials];
        int[] trainings = new int[trials];
        List<Double> seconds = new ArrayList<>();
        int infeasible = 0;
        for (int trial = 0; trial < trials; trial++) {
            double before = cpuSeconds();
            ParameterValues theta = strategy.ask();
            if (trial >= initial) {
                seconds.add(cpuSeconds() - before);
            }
            List<ModelDelta> all = fleet.measured(theta, noise, new Well19937c(new int[] {(int) seed, trial}));
            List<ModelDelta> deltas = raced(objective, strategy.order(theta), all);
            strategy.tell(theta, deltas);
            told.add(new Result(
                    theta,
                    deltas,
                    deltas.size() == all.size() ? Optional.of(objective.outcome(deltas)) : Optional.empty()));
            FleetOutcome truth = fleet.outcome(theta);
            infeasible += truth.feasible() ? 0 : 1;
            bestSoFar[trial] =
                    Math.max(trial == 0 ? Double.NEGATIVE_INFINITY : bestSoFar[trial - 1], truth.aggregate());
            trainings[trial] = deltas.size() + (trial == 0 ? 0 : trainings[trial - 1]);
        }
        return new FleetRun(
                fleet.truth().optimum(),
                picks(fleet, told),
                bestSoFar,
                trainings,
                (double) infeasible / trials,
                Quartiles.of(seconds).median());
    }

    /** What is known of a trial when it stops. */
    private static List<ModelDelta> raced(FleetObjective objective, List<String> order, List<ModelDelta> all) {
        if (order.isEmpty()) {
            return all;
        }
        TrialRace race = new TrialRace(objective, order, Optional.empty());
        List<String> wave = race.next(TrialRace.wave(objective));
        while (!wave.isEmpty()) {
            for (ModelDelta delta : all) {
                if (wave.contains(delta.modelId())) {
                    race.add(delta);
                }
            }
            wave = race.next(TrialRace.wave(objective));
        }
        return race.results();
    }

    private static Map<RecommendationRule, Pick> picks(SyntheticFleet fleet, List<Result> told) {
        Map<RecommendationRule, Pick> picks = new EnumMap<>(RecommendationRule.class);
        for (RecommendationRule rule : RecommendationRule.values()) {
            Optional<ParameterValues> theta = rule.pick(fleet.space(), fleet.objective(), told);
            picks.put(rule, new Pick(theta.map(fleet::outcome)));
        }
        return picks;
    }

    /** Trainings until the best trial's true A is a share of A*; infinite where it never is. */
    double trainingsUntil(double share) {
        int trial = 0;
        while (trial < bestSoFar.length && bestSoFar[trial] < share * optimum) {
            trial++;
        }
        return trial < trainings.length ? trainings[trial] : Double.POSITIVE_INFINITY;
    }

    /** A* minus the best trial's true A; A* where no trial is feasible. */
    double regretOfBestTrial() {
        double best = Arrays.stream(bestSoFar).max().orElseThrow();
        return Double.isInfinite(best) ? optimum : optimum - best;
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
