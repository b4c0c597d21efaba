package dev.smt.bayes;

import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** Simple regret on functions with known minima: one model that never regresses. */
final class FunctionBenchmark {
    private final int firstSeed;
    private final int seeds;
    private final int threads;
    private final List<StrategyKind> strategies;

    FunctionBenchmark(BenchmarkOptions options) {
        this.firstSeed = options.whole("first-seed", 1);
        this.seeds = options.whole("seeds", 20);
        this.threads = options.whole("threads", 2);
        this.strategies = options.list("strategies", "fleet,sobol,random").stream()
                .map(StrategyKind::of)
                .toList();
    }

    void print() {
        System.out.printf("%n%d seeds from %d; initial trials: 2 D + 2%n%n", seeds, firstSeed);
        System.out.println("| function | evaluations | strategy | simple regret | worst seed |");
        System.out.println("|---|---|---|---|---|");
        for (StrategyKind strategy : strategies) {
            print("Branin", Problems.BRANIN, Problems::branin, Problems.BRANIN_MINIMUM, 40, strategy);
        }
        for (StrategyKind strategy : strategies) {
            print("Hartmann6", Problems.HARTMANN6, Problems::hartmann6, Problems.HARTMANN6_MINIMUM, 80, strategy);
        }
    }

    private void print(
            String name,
            SearchSpace space,
            ToDoubleFunction<ParameterValues> function,
            double minimum,
            int trials,
            StrategyKind strategy) {
        List<Callable<Double>> pieces = new ArrayList<>();
        for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
            int run = seed;
            pieces.add(() -> {
                double regret = lowest(space, function, trials, strategy, run) - minimum;
                System.err.printf("%s %s seed %d: %.3g%n", name, strategy.label(), run, regret);
                return regret;
            });
        }
        Quartiles regret = Quartiles.of(BenchmarkThreads.run(threads, pieces));
        System.out.println("| "
                + String.join(
                        " | ",
                        name,
                        Integer.toString(trials),
                        strategy.label(),
                        regret.text("%.2g"),
                        Quartiles.text("%.2g", regret.largest()))
                + " |");
    }

    private static double lowest(
            SearchSpace space, ToDoubleFunction<ParameterValues> function, int trials, StrategyKind kind, long seed) {
        int initial = 2 * space.parameters().size() + 2;
        Strategy strategy = kind.start(space, Problems.single(), initial, seed);
        double lowest = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < trials; trial++) {
            ParameterValues theta = strategy.ask();
            double value = function.applyAsDouble(theta);
            lowest = Math.min(lowest, value);
            strategy.tell(theta, List.of(new ModelDelta("only", false, -value, Double.NaN)));
        }
        return lowest;
    }
}
