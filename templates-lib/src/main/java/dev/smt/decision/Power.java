package dev.smt.decision;

import dev.smt.metric.FleetObjective;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How often techniques of a known effect are accepted.
 *
 * @param effect true mean effect on every model, in percent NE; 0: a technique that does nothing (A/A)
 * @param decisions how many were made
 * @param byPaper accepted by the paper's rule
 * @param byPosterior accepted by the observed deltas at the posterior's theta*
 * @param accepted by the probability rule
 * @param rejected by the probability rule
 * @param replicates fresh replicates per decision, on average
 */
public record Power(
        double effect, int decisions, int byPaper, int byPosterior, int accepted, int rejected, double replicates) {
    /** Decisions that a detectable effect is found by. */
    private static final int PROBES = 60;

    /** From a quarter of a row error on. */
    private static final int DOUBLINGS = 8;

    private static final int BISECTIONS = 3;

    /** Counts decisions. */
    public static Power of(double effect, List<PlannedDecision> decisions) {
        return new Power(
                effect,
                decisions.size(),
                (int) decisions.stream().filter(PlannedDecision::paper).count(),
                (int) decisions.stream().filter(PlannedDecision::posterior).count(),
                count(decisions, Verdict.ACCEPTED),
                count(decisions, Verdict.REJECTED),
                decisions.stream()
                        .mapToInt(decision -> decision.evidence().replicates())
                        .average()
                        .orElse(0));
    }

    private static int count(List<PlannedDecision> decisions, Verdict verdict) {
        return (int) decisions.stream()
                .filter(decision -> decision.evidence().verdict() == verdict)
                .count();
    }

    /** Left open by the probability rule. */
    public int open() {
        return decisions - accepted - rejected;
    }

    /**
     * The smallest effect, the same on every model, that the probability rule accepts with a probability of at least
     * {@code share}, by simulation with replicates and no search; within some ten percent. Infinite beyond 64 row errors above tau.
     *
     * @return percent NE
     */
    public static double detectable(StudyDesign design, FleetNoise noise, double share) {
        double low = design.objective().tau();
        double largest = noise.rowErrors().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        double step = Math.max(largest, 1e-3) / 4;
        int doubled = 0;
        while (acceptance(design, noise, low + step) < share) {
            if (++doubled > DOUBLINGS) {
                return Double.POSITIVE_INFINITY;
            }
            step *= 2;
        }
        double high = low + step;
        low += doubled == 0 ? 0 : step / 2;
        for (int bisection = 0; bisection < BISECTIONS; bisection++) {
            double middle = (low + high) / 2;
            if (acceptance(design, noise, middle) >= share) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static double acceptance(StudyDesign design, FleetNoise noise, double effect) {
        if (design.replicates() == 0) {
            return 0;
        }
        FleetObjective objective = design.objective();
        ProbabilityRule rule = design.rule();
        return (double) LongStream.range(0, PROBES)
                        .filter(seed -> {
                            DeltaSource source = noise.source(objective, effect, 0, seed);
                            return rule.decide(source.trial(0), design.replicates(), source::replicate)
                                            .verdict()
                                    == Verdict.ACCEPTED;
                        })
                        .count()
                / PROBES;
    }
}
