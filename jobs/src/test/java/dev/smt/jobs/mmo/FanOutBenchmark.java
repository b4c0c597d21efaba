package dev.smt.jobs.mmo;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.SparkSettings;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.ExecutorFanOut;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * How well a study uses its slots, and what a trial model costs beside its training: the real step {@code mmo} from planning
 * to the last commit, with trainings that only wait. benchmarks/cluster.md has the command.
 *
 * <p>Arguments: configuration, mean milliseconds of a training, settings {@code key=value}. The warehouse must have the runs
 * before {@code mmo}; Spark's settings are system properties.
 */
public final class FanOutBenchmark {
    /** The first commits, one of so many, are those of a cold JVM. */
    private static final int FIRST = 10;

    private FanOutBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        List<String> settings = Arrays.asList(arguments).subList(2, arguments.length);
        SmtConfiguration configuration = SmtConfiguration.load(new File(arguments[0]), settings);
        SleepingTraining training = new SleepingTraining(Integer.parseInt(arguments[1]));
        PrintWriter out = new PrintWriter(System.out, true);
        SparkConf conf = SparkSettings.of(Map.of(), System.getenv());
        CommitTimes times = CommitTimes.listen();
        try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
            Warehouse warehouse = Warehouse.open(spark, configuration.resolved().getString("warehouse"));
            Clock clock = Clock.systemUTC();
            RunContext context = new RunContext(warehouse, configuration, new Progress(out, false, clock), clock);
            MmoConfiguration mmo = configuration.read(root -> {
                MmoConfiguration read = MmoConfiguration.read(root.section("mmo"));
                root.acceptAll();
                return read;
            });
            MmoStep step = new MmoStep(mmo, LedgerConfiguration.DEFAULT, where -> new ExecutorFanOut(where, training));
            long start = System.nanoTime();
            new StepRunner(context, "benchmark").run(step);
            report(
                    out,
                    warehouse,
                    (System.nanoTime() - start) / 1e9,
                    spark.sparkContext().defaultParallelism());
            report(out, times.all());
        }
    }

    private static void report(PrintWriter out, Warehouse warehouse, double wall, int slots) {
        Row models = warehouse
                .dataset(TrialModelRow.TABLE)
                .agg(functions.count("*"), functions.sum("train_seconds"))
                .head();
        Row trials = warehouse
                .dataset(TrialRow.TABLE)
                .agg(functions.count("*"), functions.sum("suggest_seconds"))
                .head();
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        out.printf(
                Locale.ROOT,
                "trials %d, trial models %d, slots %d, wall %.1f s, trained %.1f s, suggested %.1f s, %.1f models per"
                        + " second, slot use %.3f, driver's heap %d MB%n",
                trials.getLong(0),
                models.getLong(0),
                slots,
                wall,
                models.getDouble(1),
                trials.getDouble(1),
                models.getLong(0) / wall,
                models.getDouble(1) / (wall * slots),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static void report(PrintWriter out, List<CommitTimes.Commit> commits) {
        report(out, "commits", commits);
        List<CommitTimes.Commit> later = commits.subList(commits.size() / FIRST, commits.size());
        for (boolean asked : new boolean[] {true, false}) {
            report(
                    out,
                    "commits after the first tenth, in half minutes " + (asked ? "with" : "without") + " readers",
                    later.stream().filter(commit -> commit.inTurn(asked)).toList());
        }
    }

    private static void report(PrintWriter out, String what, List<CommitTimes.Commit> commits) {
        double[] seconds = commits.stream()
                .mapToDouble(CommitTimes.Commit::seconds)
                .sorted()
                .toArray();
        if (seconds.length > 0) {
            out.printf(
                    Locale.ROOT,
                    "%d %s: median %.2f s, 95 %% %.2f s%n",
                    seconds.length,
                    what,
                    seconds[seconds.length / 2],
                    seconds[(int) (0.95 * seconds.length)]);
        }
    }
}
