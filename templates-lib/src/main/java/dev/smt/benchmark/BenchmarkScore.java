package dev.smt.benchmark;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How good a system's decisions are, by the truth on the whole fleet.
 *
 * @param techniques one score per technique of the benchmark
 * @param trainings of all decisions
 */
public record BenchmarkScore(List<TechniqueScore> techniques, long trainings) {
    /** A theta* of at most so much regret is near the best, in percent NE. */
    public static final double NEAR = 0.05;

    public BenchmarkScore {
        techniques = List.copyOf(techniques);
    }

    /**
     * The score of one technique.
     *
     * @param technique the technique's name
     * @param generalizes whether any theta of it generalizes
     * @param accepted what the system decided
     * @param good whether at its theta* R is at most epsilon and mu at least tau
     * @param regret the best mu less that of theta*, in percent NE; a theta* with R above epsilon is worth 0, as is none; 0 for a
     *     technique that can't generalize
     * @param shortfall the same, whatever R at theta* is
     */
    public record TechniqueScore(
            String technique, boolean generalizes, boolean accepted, boolean good, double regret, double shortfall) {
        /** It is worth taking and theta* is nearly the best. */
        public boolean near() {
            return generalizes && regret <= NEAR;
        }
    }

    /** Scores decisions; a technique without one was not accepted. */
    public static BenchmarkScore of(BenchmarkFleet fleet, List<TechniqueChoice> choices) {
        Map<String, TechniqueChoice> byName = byName(choices);
        List<TechniqueScore> scores = new ArrayList<>();
        for (BenchmarkTechnique technique : fleet.techniques()) {
            scores.add(score(fleet, technique, Optional.ofNullable(byName.get(technique.name()))));
        }
        return new BenchmarkScore(
                scores, choices.stream().mapToLong(TechniqueChoice::trainings).sum());
    }

    /**
     * Share of the techniques with a feasible theta on some models, the representatives say, of which theta* is near the best for
     * those models: what a search could see, whether or not they stand for the fleet. 1 where there is none.
     */
    public static double nearShareOf(BenchmarkFleet fleet, List<TechniqueChoice> choices, FleetObjective models) {
        Map<String, TechniqueChoice> byName = byName(choices);
        int techniques = 0;
        int near = 0;
        for (BenchmarkTechnique technique : fleet.techniques()) {
            Optional<BestTheta> best = technique.generalizes() ? fleet.best(technique, models) : Optional.empty();
            if (best.isPresent()) {
                techniques++;
                double worth = Optional.ofNullable(byName.get(technique.name()))
                        .flatMap(TechniqueChoice::thetaStar)
                        .map(theta -> fleet.outcome(technique, theta, models))
                        .filter(FleetOutcome::feasible)
                        .map(FleetOutcome::mu)
                        .orElse(0.0);
                near += best.get().outcome().mu() - worth <= NEAR ? 1 : 0;
            }
        }
        return techniques == 0 ? 1 : (double) near / techniques;
    }

    private static Map<String, TechniqueChoice> byName(List<TechniqueChoice> choices) {
        Map<String, TechniqueChoice> byName = new HashMap<>();
        choices.forEach(choice -> byName.put(choice.technique(), choice));
        return byName;
    }

    private static TechniqueScore score(
            BenchmarkFleet fleet, BenchmarkTechnique technique, Optional<TechniqueChoice> choice) {
        Optional<FleetOutcome> at = choice.flatMap(TechniqueChoice::thetaStar)
                .map(theta -> fleet.outcome(technique, theta, fleet.objective()));
        boolean accepted = choice.map(TechniqueChoice::accepted).orElse(false);
        boolean good = at.filter(outcome ->
                        outcome.feasible() && outcome.mu() >= fleet.objective().tau())
                .isPresent();
        if (!technique.generalizes()) {
            return new TechniqueScore(technique.name(), false, accepted, good, 0, 0);
        }
        double best = fleet.best(technique).orElseThrow().outcome().mu();
        double worth = at.filter(FleetOutcome::feasible).map(FleetOutcome::mu).orElse(0.0);
        double mu = at.map(FleetOutcome::mu).orElse(0.0);
        return new TechniqueScore(
                technique.name(), true, accepted, good, Math.max(0, best - worth), Math.max(0, best - mu));
    }

    /** Techniques that a theta makes worth taking. */
    public long generalizing() {
        return count(TechniqueScore::generalizes);
    }

    public long accepted() {
        return count(TechniqueScore::accepted);
    }

    /** Accepted at a theta* at which they don't generalize. */
    public long falselyAccepted() {
        return count(score -> score.accepted() && !score.good());
    }

    /** Accepted though no theta generalizes. */
    public long unableAccepted() {
        return count(score -> score.accepted() && !score.generalizes());
    }

    /** Not accepted though a theta generalizes. */
    public long missed() {
        return count(score -> score.generalizes() && !score.accepted());
    }

    /** Share of the accepted techniques that don't generalize at their theta*; 0 where none is accepted. */
    public double falseAcceptance() {
        return accepted() == 0 ? 0 : (double) falselyAccepted() / accepted();
    }

    /** Share of the techniques that generalize of which theta* is near the best; 1 where there is none. */
    public double nearShare() {
        return share(TechniqueScore::near);
    }

    /** The same whatever R at theta* is. */
    public double nearShareAnyRate() {
        return share(score -> score.generalizes() && score.shortfall() <= NEAR);
    }

    /** Mean regret of the techniques that generalize, in percent NE; 0 where there is none. */
    public double meanRegret() {
        return techniques.stream()
                .filter(TechniqueScore::generalizes)
                .mapToDouble(TechniqueScore::regret)
                .average()
                .orElse(0);
    }

    private double share(Predicate<TechniqueScore> which) {
        return generalizing() == 0 ? 1 : (double) count(which) / generalizing();
    }

    private long count(Predicate<TechniqueScore> which) {
        return techniques.stream().filter(which).count();
    }
}
