package dev.smt.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** What earlier studies of all kinds are worth: regret of theta* by the posterior after so many own trials. */
final class WarmStartBenchmark {
    private final int earlier;
    private final int seeds;
    private final int firstSeed;
    private final int threads;
    private final int[] budgets;
    private final SyntheticFleets fleets = new SyntheticFleets();

    WarmStartBenchmark(BenchmarkOptions options) {
        this.earlier = options.whole("earlier", 30);
        this.seeds = options.whole("seeds", 20);
        this.firstSeed = options.whole("first-seed", 1);
        this.threads = options.whole("threads", 2);
        this.budgets = options.list("trials", "5,10,20").stream()
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    void print(int dimension) {
        System.out.printf(
                "%n%d parameters, noise 0.02 %%, %d earlier trials, %d seeds from %d per family%n%n",
                dimension, earlier, seeds, firstSeed);
        System.out.print("| earlier study |");
        Arrays.stream(budgets).forEach(budget -> System.out.printf(" regret, mean after %d trials |", budget));
        System.out.print(" discrepancy learned |\n|---|");
        System.out.println("---|".repeat(budgets.length + 1));
        for (EarlierKind kind : EarlierKind.values()) {
            row(kind, dimension);
        }
    }

    private void row(EarlierKind kind, int dimension) {
        List<Callable<WarmStartRun>> pieces = new ArrayList<>();
        int most = Arrays.stream(budgets).max().orElseThrow();
        for (FleetFamily family : FleetFamily.values()) {
            for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
                long number = seed;
                pieces.add(() -> WarmStartRun.of(
                        fleets.get(family, dimension, number),
                        fleets.get(family, dimension, number + 100),
                        kind,
                        earlier,
                        most,
                        number));
            }
        }
        List<WarmStartRun> runs = BenchmarkThreads.run(threads, pieces);
        System.out.print("| " + kind.label() + " |");
        for (int budget : budgets) {
            List<Double> regrets =
                    runs.stream().map(run -> run.regrets()[budget - 1]).toList();
            double mean =
                    regrets.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            System.out.printf(Locale.ROOT, " %s, %.4f |", Quartiles.of(regrets).text("%.4f"), mean);
        }
        List<Double> discrepancies =
                runs.stream().map(WarmStartRun::discrepancy).toList();
        System.out.println(
                kind == EarlierKind.NONE
                        ? " |"
                        : " " + Quartiles.of(discrepancies).text("%.3f") + " |");
    }
}
