package dev.smt.jobs.benchmark;

import dev.smt.bayes.ThetaRule;
import dev.smt.benchmark.BenchmarkShape;
import dev.smt.decision.ProbabilityRule;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.Racing;
import dev.smt.jobs.mmo.RegressionRule;
import dev.smt.metric.FleetObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a run of the benchmark does with a fleet.
 *
 * @param shape of the fleet
 * @param trials thetas tried per technique
 * @param cycles each with its own pool of techniques
 * @param rule what decides on a technique
 */
public record BenchmarkPlan(BenchmarkShape shape, int trials, int cycles, RegressionRule rule) {
    /** @throws IllegalArgumentException with all problems */
    public BenchmarkPlan {
        List<String> problems = new ArrayList<>();
        if (trials < 2) {
            problems.add("trials is " + trials + "; allowed: 2 or more");
        }
        if (cycles < 1 || cycles > shape.techniques()) {
            problems.add("cycles is " + cycles + "; allowed: 1 to the number of techniques, " + shape.techniques());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** The study's configuration: the product's defaults but for what the plan says. */
    MmoConfiguration study(long seed) {
        return new MmoConfiguration(
                List.of(),
                trials,
                2,
                Math.max(2, trials / 3),
                FleetObjective.DEFAULT_ALPHA,
                FleetObjective.DEFAULT_EPSILON,
                FleetObjective.DEFAULT_TAU,
                false,
                ThetaRule.POSTERIOR,
                Racing.OFF,
                0,
                false,
                rule,
                rule == RegressionRule.PROBABILITY ? MmoConfiguration.DEFAULT_REPLICATES : 0,
                ProbabilityRule.SURE,
                OptionalDouble.of(1),
                seed);
    }
}
