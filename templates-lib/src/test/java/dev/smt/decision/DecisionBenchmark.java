package dev.smt.decision;

import dev.smt.bayes.BenchmarkOptions;
import dev.smt.bayes.BenchmarkThreads;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How often the probability rule is wrong, and what it finds; a program, not a test ({@code benchmarks/decision.md}).
 *
 * <ul>
 *   <li>{@code errors}: wrong verdicts on techniques at the limit.
 *   <li>{@code power}: the effect that is accepted with a probability of 80 percent.
 * </ul>
 */
public final class DecisionBenchmark {
    private static final Set<String> OPTIONS = Set.of(
            "boundaries", "most", "epsilon", "models", "seed-ratio", "shared", "effects", "decisions", "threads");
    private static final double ROW_ERROR = 0.5;
    private static final double POWER = 0.8;

    private final BenchmarkOptions options;

    private DecisionBenchmark(BenchmarkOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        String what = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        DecisionBenchmark benchmark = new DecisionBenchmark(new BenchmarkOptions(rest, OPTIONS));
        switch (what) {
            case "errors" -> benchmark.print(true);
            case "power" -> benchmark.print(false);
            default -> throw new IllegalArgumentException("benchmark " + what + "; allowed: errors, power");
        }
    }

    private void print(boolean errors) {
        System.out.println("| boundary | most | epsilon | models | seeds / rows | shared | "
                + (errors ? "effect | accepted % | rejected % | replicates |" : "found with 80 % |"));
        System.out.println("|---|---|---|---|---|---|---|" + (errors ? "---|---|---|" : ""));
        for (double shared : numbers("shared", "0.5")) {
            for (double ratio : numbers("seed-ratio", "2")) {
                for (double models : numbers("models", "6")) {
                    for (double epsilon : numbers("epsilon", "0.1,0.2,1")) {
                        for (double most : numbers("most", "1,2,3,5")) {
                            for (String boundary : options.list("boundaries", "each,bonferroni,pocock,uncorrected")) {
                                Plan plan = new Plan(boundary, (int) most, epsilon, (int) models, ratio, shared);
                                if (errors) {
                                    errors(plan);
                                } else {
                                    power(plan);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private double[] numbers(String name, String otherwise) {
        return options.list(name, otherwise).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private void errors(Plan plan) {
        Looks looks = plan.looks();
        for (double effect : numbers("effects", "0,0.05")) {
            List<Evidence> made = decisions(plan, looks, effect, options.whole("decisions", 4000));
            System.out.printf(
                    Locale.ROOT,
                    "%s %.2f | %.2f | %.2f | %.2f |%n",
                    plan.text(),
                    effect,
                    100 * share(made, Verdict.ACCEPTED),
                    100 * share(made, Verdict.REJECTED),
                    made.stream().mapToInt(Evidence::replicates).average().orElseThrow());
        }
    }

    private void power(Plan plan) {
        Looks looks = plan.looks();
        double low = 0;
        double high = 16;
        while (high - low > 0.01 * high) {
            double middle = (low + high) / 2;
            List<Evidence> made = decisions(plan, looks, middle, options.whole("decisions", 1000));
            if (share(made, Verdict.ACCEPTED) >= POWER) {
                high = middle;
            } else {
                low = middle;
            }
        }
        System.out.printf(Locale.ROOT, "%s %.2f |%n", plan.text(), high);
    }

    private static double share(List<Evidence> made, Verdict verdict) {
        return (double) made.stream()
                        .filter(evidence -> evidence.verdict() == verdict)
                        .count()
                / made.size();
    }

    private List<Evidence> decisions(Plan plan, Looks looks, double effect, int number) {
        List<Callable<Evidence>> pieces = LongStream.range(0, number)
                .<Callable<Evidence>>mapToObj(seed -> () -> plan.decide(looks, effect, seed))
                .toList();
        return BenchmarkThreads.run(options.whole("threads", 2), pieces);
    }

    /**
     * What is simulated.
     *
     * @param boundary how the error is divided among the looks
     * @param shared the part of the rows' variance that all trainings share
     */
    private record Plan(String boundary, int most, double epsilon, int models, double seedRatio, double shared) {
        /** Trials of a search, of which the best mean is theta*. */
        private static final int TRIALS = 6;

        Looks looks() {
            double sure = ProbabilityRule.SURE;
            return switch (boundary) {
                case "each" -> Looks.each(most, sure);
                case "uncorrected" -> constant(sure);
                case "bonferroni" -> constant(1 - (1 - sure) / most);
                case "pocock" -> constant(pocock(sure));
                default -> throw new IllegalArgumentException(
                        "boundary " + boundary + "; allowed: each, uncorrected, bonferroni, pocock");
            };
        }

        private Looks constant(double sure) {
            return new Looks(ProbabilityRule.SURE, Collections.nCopies(most, sure));
        }

        /** The same at every look (Pocock 1977). */
        private double pocock(double sure) {
            double low = 0;
            double high = 5;
            while (high - low > 1e-6) {
                double middle = (low + high) / 2;
                if (SequentialTest.crossing(Collections.nCopies(most, middle)) > 1 - sure) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return new NormalDistribution().cumulativeProbability(high);
        }

        Evidence decide(Looks looks, double effect, long seed) {
            FleetObjective objective = Fleets.objective(models, epsilon);
            FleetNoise noise = new FleetNoise(Collections.nCopies(models, ROW_ERROR), seedRatio);
            DeltaSource source = noise.source(objective, effect, 0, shared, seed);
            List<ModelDelta> best = IntStream.range(0, TRIALS)
                    .mapToObj(source::trial)
                    .max(Comparator.comparingDouble(deltas ->
                            deltas.stream().mapToDouble(ModelDelta::delta).sum()))
                    .orElseThrow();
            return new ProbabilityRule(objective, ProbabilityRule.SURE).decide(best, most, looks, source::replicate);
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %d | %.1f | %.1f |",
                    boundary,
                    most,
                    epsilon,
                    models,
                    seedRatio,
                    shared);
        }
    }
}
