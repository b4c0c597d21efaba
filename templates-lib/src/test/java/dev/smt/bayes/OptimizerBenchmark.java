package dev.smt.bayes;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How good and how fast the optimizer is; a program, not a test ({@code benchmarks/optimizer.md}).
 *
 * <ul>
 *   <li>{@code functions}: simple regret on Branin and Hartmann6.
 *   <li>{@code time}: time per suggestion.
 *   <li>{@code fleets}: strategies on synthetic fleets.
 *   <li>{@code warm}: warm starts from earlier studies of several kinds.
 *   <li>{@code describe}: what the synthetic fleets are like.
 * </ul>
 */
public final class OptimizerBenchmark {
    private static final Set<String> FUNCTION_OPTIONS = Set.of("seeds", "first-seed", "threads", "strategies");
    private static final Set<String> TIME_OPTIONS = Set.of("repetitions", "trials");
    private static final Set<String> FLEET_OPTIONS =
            Set.of("dimension", "noise", "families", "strategies", "seeds", "first-seed", "trials", "threads");

    private static final Set<String> WARM_OPTIONS =
            Set.of("dimension", "earlier", "seeds", "first-seed", "trials", "threads");

    private OptimizerBenchmark() {}

    public static void main(String[] arguments) {
        String what = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (what) {
            case "functions" -> new FunctionBenchmark(new BenchmarkOptions(rest, FUNCTION_OPTIONS)).print();
            case "time" -> new SuggestionTime(new BenchmarkOptions(rest, TIME_OPTIONS)).print();
            case "fleets" -> fleets(new BenchmarkOptions(rest, FLEET_OPTIONS));
            case "warm" -> warm(new BenchmarkOptions(rest, WARM_OPTIONS));
            case "describe" -> describe(new BenchmarkOptions(rest, FLEET_OPTIONS));
            default -> throw new IllegalArgumentException(
                    "benchmark " + what + "; allowed: functions, time, fleets, warm, describe");
        }
    }

    private static void fleets(BenchmarkOptions options) {
        FleetBenchmark benchmark = new FleetBenchmark(options);
        for (String dimension : options.list("dimension", "2,4,6,10")) {
            for (String noise : options.list("noise", "0,0.02,0.1")) {
                benchmark.print(Integer.parseInt(dimension), Double.parseDouble(noise));
            }
        }
    }

    private static void warm(BenchmarkOptions options) {
        WarmStartBenchmark benchmark = new WarmStartBenchmark(options);
        for (String dimension : options.list("dimension", "4")) {
            benchmark.print(Integer.parseInt(dimension));
        }
    }

    private static void describe(BenchmarkOptions options) {
        FleetBenchmark benchmark = new FleetBenchmark(options);
        for (String dimension : options.list("dimension", "2,4,6,10")) {
            benchmark.describe(Integer.parseInt(dimension));
        }
    }
}
