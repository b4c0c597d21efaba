package dev.smt.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Strategies on synthetic fleets: a Markdown table per dimension and noise, a row per family and strategy. */
final class FleetBenchmark {
    private static final String ALL = "all";
    private static final double[] SHARES = {0.5, 0.75, 0.9};

    private final SyntheticFleets fleets = new SyntheticFleets();
    private final List<FleetFamily> families;
    private final List<StrategyKind> strategies;
    private final int firstSeed;
    private final int seeds;
    private final int trials;
    private final int threads;

    FleetBenchmark(BenchmarkOptions options) {
        this.families = options.list("families", "bumps,draws,effects").stream()
                .map(FleetFamily::of)
                .toList();
        this.strategies = options.list("strategies", "fleet,independent,scalar,sobol,random").stream()
                .map(StrategyKind::of)
                .toList();
        this.firstSeed = options.whole("first-seed", 1);
        this.seeds = options.whole("seeds", 20);
        this.trials = options.whole("trials", 40);
        this.threads = options.whole("threads", 2);
    }

    private record Cell(FleetFamily family, StrategyKind strategy, FleetRun run) {}

    /** Runs everything for one dimension and noise, prints its table, and a line per run to the error stream. */
    void print(int dimension, double noise) {
        List<Callable<Cell>> pieces = new ArrayList<>();
        for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
            for (FleetFamily family : families) {
                for (StrategyKind strategy : strategies) {
                    int instance = seed;
                    pieces.add(() -> run(family, strategy, dimension, noise, instance));
                }
            }
        }
        List<Cell> cells = BenchmarkThreads.run(threads, pieces);
        System.out.printf(
                "%n%d parameters, noise %s %%, %d trials, %d seeds from %d per family%n%n",
                dimension, noise, trials, seeds, firstSeed);
        System.out.println("| fleets | strategy | regret, paper | regret, posterior | infeasible picks (none): paper,"
                + " posterior | best trial's regret | trainings to 50, 75, 90 % of A* | infeasible trials |"
                + " trainings | CPU s per suggestion |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        Stream<String> labels = Stream.concat(families.stream().map(FleetFamily::label), Stream.of(ALL));
        labels.forEach(label -> strategies.forEach(strategy -> printRow(
                label,
                strategy,
                cells.stream()
                        .filter(cell -> cell.strategy() == strategy)
                        .filter(cell ->
                                label.equals(ALL) || cell.family().label().equals(label))
                        .map(Cell::run)
                        .toList())));
    }

    private Cell run(FleetFamily family, StrategyKind strategy, int dimension, double noise, int seed) {
        SyntheticFleet fleet = fleets.get(family, dimension, seed);
        FleetRun run = FleetRun.of(fleet, strategy, noise, trials, seed);
        System.err.printf(
                "%s %s noise %s: A* %.4f, regret by paper %.4f, by posterior %.4f, of the best trial %.4f,"
                        + " infeasible trials %.2f%n",
                fleet.name(),
                strategy.label(),
                noise,
                run.optimum(),
                run.picks().get(RecommendationRule.PAPER).regret(run.optimum()),
                run.picks().get(RecommendationRule.POSTERIOR).regret(run.optimum()),
                run.regretOfBestTrial(),
                run.infeasibleTrials());
        return new Cell(family, strategy, run);
    }

    private void printRow(String fleets, StrategyKind strategy, List<FleetRun> runs) {
        List<String> reached = new ArrayList<>();
        for (double share : SHARES) {
            reached.add(Quartiles.text(
                    "%.0f",
                    Quartiles.of(runs.stream()
                                    .map(run -> run.trainingsUntil(share))
                                    .toList())
                            .median()));
        }
        double infeasible =
                runs.stream().mapToDouble(FleetRun::infeasibleTrials).average().orElse(Double.NaN);
        System.out.println("| "
                + String.join(
                        " | ",
                        fleets,
                        strategy.label(),
                        regret(runs, RecommendationRule.PAPER),
                        regret(runs, RecommendationRule.POSTERIOR),
                        picks(runs, RecommendationRule.PAPER) + ", " + picks(runs, RecommendationRule.POSTERIOR),
                        Quartiles.of(runs.stream()
                                        .map(FleetRun::regretOfBestTrial)
                                        .toList())
                                .text("%.4f"),
                        String.join(", ", reached),
                        Quartiles.text("%.0f %%", 100 * infeasible),
                        Quartiles.text(
                                "%.0f",
                                Quartiles.of(runs.stream()
                                                .map(run -> (double) run.trainings()[trials - 1])
                                                .toList())
                                        .median()),
                        Quartiles.text(
                                "%.3f",
                                Quartiles.of(runs.stream()
                                                .map(FleetRun::secondsPerSuggestion)
                                                .toList())
                                        .median()))
                + " |");
    }

    private static String regret(List<FleetRun> runs, RecommendationRule rule) {
        return Quartiles.of(runs.stream()
                        .map(run -> run.picks().get(rule).regret(run.optimum()))
                        .toList())
                .text("%.4f");
    }

    private static String picks(List<FleetRun> runs, RecommendationRule rule) {
        long infeasible =
                runs.stream().filter(run -> run.picks().get(rule).infeasible()).count();
        long none = runs.stream()
                .filter(run -> run.picks().get(rule).outcome().isEmpty())
                .count();
        return infeasible + " (" + none + ") of " + runs.size();
    }

    /** Prints what the fleets of a dimension are like. */
    void describe(int dimension) {
        System.out.println("| fleet | A* | largest mu | feasible share | seconds to find |");
        System.out.println("|---|---|---|---|---|");
        for (FleetFamily family : families) {
            for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
                long start = System.nanoTime();
                SyntheticFleet fleet = fleets.get(family, dimension, seed);
                double seconds = (System.nanoTime() - start) / 1e9;
                SyntheticFleet.Truth truth = fleet.truth();
                System.out.printf(
                        "| %s | %.4f | %.4f | %.4f | %.2f |%n",
                        fleet.name(), truth.optimum(), truth.unconstrained(), truth.feasibleShare(), seconds);
            }
        }
    }
}
