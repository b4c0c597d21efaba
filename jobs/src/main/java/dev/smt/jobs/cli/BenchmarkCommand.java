package dev.smt.jobs.cli;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkJson;
import dev.smt.benchmark.BenchmarkScore;
import dev.smt.benchmark.BenchmarkShape;
import dev.smt.benchmark.TechniqueChoice;
import dev.smt.benchmark.TechniqueChoices;
import dev.smt.jobs.Smt;
import dev.smt.jobs.benchmark.BenchmarkPlan;
import dev.smt.jobs.benchmark.BenchmarkRun;
import dev.smt.jobs.benchmark.Measure;
import dev.smt.jobs.benchmark.Measures;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.mmo.RegressionRule;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.BenchmarkScoreRow;
import dev.smt.jobs.table.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smt benchmark}: studies on a synthetic fleet whose truth is known; needs no configuration. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a study on a synthetic fleet whose truth is known, with trainings that take no time, and scores it:"
                    + " clusters, theta*, false acceptance, gain, trainings.",
            "With --export it writes the fleet for other systems, with --score it scores their decisions."
        },
        footer = {
            "",
            "Examples:",
            "  smt benchmark --seeds 3",
            "  smt benchmark --export fleet.json",
            "  smt benchmark --score decisions.jsonl"
        })
public final class BenchmarkCommand implements Callable<Integer> {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the fleet, its techniques and all noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fleets, from --seed on (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--models",
            paramLabel = "N",
            defaultValue = "252",
            description = "Of the fleet (default: ${DEFAULT-VALUE}).")
    private int models;

    @Option(
            names = "--clusters",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of the fleet (default: ${DEFAULT-VALUE}).")
    private int clusters;

    @Option(
            names = "--techniques",
            paramLabel = "N",
            defaultValue = "80",
            description = "Over all cycles (default: ${DEFAULT-VALUE}).")
    private int techniques;

    @Option(
            names = "--cycles",
            paramLabel = "N",
            defaultValue = "4",
            description = "Each tries its own techniques (default: ${DEFAULT-VALUE}).")
    private int cycles;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "32",
            description = "Thetas tried per technique (default: ${DEFAULT-VALUE}).")
    private int trials;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            defaultValue = "probability",
            description = "What decides: paper or probability (default: ${DEFAULT-VALUE}).")
    private String rule;

    @Option(names = "--clusters-only", description = "Only clusters the fleets; no study.")
    private boolean clustersOnly;

    @Option(
            names = "--warehouse",
            paramLabel = "FOLDER",
            description = "Also keeps the scores in the table benchmark_scores of this warehouse.")
    private Optional<String> warehouse;

    @Option(names = "--export", paramLabel = "FILE", description = "Writes the fleet as JSON; no study.")
    private Optional<Path> export;

    @Option(
            names = "--score",
            paramLabel = "FILE",
            description = "Scores decisions on this fleet, one JSON object a line; no study.")
    private Optional<Path> score;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BenchmarkPlan plan = plan();
        if (export.isPresent() || score.isPresent()) {
            BenchmarkFleet fleet = checked(() -> BenchmarkFleet.of(plan.shape(), seed));
            export.ifPresent(file -> write(fleet, file));
            score.ifPresent(file -> print(seed, Measures.of(BenchmarkScore.of(fleet, choices(fleet, file)))));
        } else {
            study(plan);
        }
        return 0;
    }

    private void study(BenchmarkPlan plan) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (SparkSession spark = Session.spark(Map.of())) {
            Optional<Warehouse> kept = warehouse.map(folder -> Warehouse.open(spark, folder));
            Progress progress = new Progress(err, System.console() != null, Clock.systemUTC());
            BenchmarkRun run = new BenchmarkRun(spark, plan, clustersOnly, progress);
            for (long number = seed; number < seed + seeds; number++) {
                long of = number;
                List<Measure> measures = checked(() -> run.of(of));
                print(of, measures);
                List<BenchmarkScoreRow> rows = measures.stream()
                        .map(measure -> measure.row(run.id(Smt.VERSION), of))
                        .toList();
                kept.ifPresent(tables -> tables.upsert(BenchmarkScoreRow.TABLE, rows));
            }
        }
    }

    private BenchmarkPlan plan() {
        Map<String, RegressionRule> rules = new LinkedHashMap<>();
        for (RegressionRule known : RegressionRule.values()) {
            rules.put(known.name().toLowerCase(Locale.ROOT), known);
        }
        List<String> problems = new ArrayList<>();
        if (!rules.containsKey(rule)) {
            problems.add("--rule is \"" + rule + "\"; allowed: " + String.join(", ", rules.keySet()));
        }
        if (seeds < 1) {
            problems.add("--seeds is " + seeds + "; allowed: 1 or more");
        }
        if (seeds > 1 && (export.isPresent() || score.isPresent())) {
            problems.add("--seeds is " + seeds + " with --export or --score; these are of one fleet: leave it out");
        }
        if ((export.isPresent() || score.isPresent()) && (clustersOnly || warehouse.isPresent())) {
            problems.add("--clusters-only and --warehouse belong to a study; leave them or --export and --score out");
        }
        Optional<BenchmarkPlan> plan = Optional.empty();
        try {
            BenchmarkShape shape = BenchmarkShape.STANDARD.withSizes(models, clusters, techniques);
            plan = Optional.of(
                    new BenchmarkPlan(shape, trials, cycles, rules.getOrDefault(rule, RegressionRule.PROBABILITY)));
        } catch (IllegalArgumentException bad) {
            problems.add(bad.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return plan.orElseThrow();
    }

    private static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException bad) {
            throw new InvalidInputException(bad.getMessage());
        }
    }

    private void write(BenchmarkFleet fleet, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            BenchmarkJson.write(fleet, out);
        } catch (IOException cause) {
            throw new InvalidInputException(
                    "--export is " + file + ", which can't be written (" + cause.getMessage() + "); allowed: a file");
        }
        spec.commandLine().getOut().println("the fleet of seed " + seed + " is in " + file);
        spec.commandLine().getOut().flush();
    }

    private static List<TechniqueChoice> choices(BenchmarkFleet fleet, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return TechniqueChoices.read(fleet, lines);
        } catch (IOException cause) {
            throw new InvalidInputException("--score is " + file + ", which can't be read (" + cause.getMessage()
                    + "); allowed: a file of JSON lines");
        } catch (IllegalArgumentException bad) {
            throw new InvalidInputException(
                    bad.getMessage().lines().map(line -> file + ", " + line).toList());
        }
    }

    private void print(long of, List<Measure> measures) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("seed " + of);
        for (Measure measure : measures) {
            String target = measure.target().isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "  wanted at %s %s: %s",
                            measure.atLeast() ? "least" : "most",
                            number(measure.target().getAsDouble()),
                            measure.met().orElseThrow() ? "met" : "not met");
            out.println(String.format(
                    Locale.ROOT, "  %-32s %12s %s%s", measure.name(), number(measure.value()), measure.unit(), target));
        }
        out.flush();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.4f", value);
    }
}
