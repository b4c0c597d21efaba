package dev.smt.jobs.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a study undisturbed, then many times with something killed at a random moment, and says whether the tables are the same
 * in the end, whether a training that was committed was done again, and whether a file is left behind. benchmarks/cluster/faults
 * has the command, benchmarks/cluster.md the results.
 *
 * <p>Arguments: driver, executor or worker; how many; seed; a warehouse with the steps before {@code mmo}; an empty folder; the
 * command. The command is told its warehouse, a copy, by {@code --set}.
 */
public final class FaultsBenchmark {
    private static final int LONGEST_MINUTES = 10;

    private final SparkSession spark;
    private final Path base;
    private final Path folder;
    private final List<String> command;

    private FaultsBenchmark(SparkSession spark, Path base, Path folder, List<String> command) {
        this.spark = spark;
        this.base = base;
        this.folder = folder;
        this.command = command;
    }

    /** @throws IllegalStateException where a run does not end as it must */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Fault fault = Fault.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        int count = Integer.parseInt(arguments[1]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            FaultsBenchmark benchmark = new FaultsBenchmark(
                    spark,
                    Path.of(arguments[3]),
                    Path.of(arguments[4]),
                    Arrays.asList(arguments).subList(5, arguments.length));
            if (!benchmark.run(fault, count, random)) {
                System.exit(1);
            }
        }
    }

    private boolean run(Fault fault, int count, SplittableRandom random) throws IOException, InterruptedException {
        Path undisturbed = copy("undisturbed");
        long start = System.nanoTime();
        end(start(undisturbed, "undisturbed"), "undisturbed");
        double seconds = (System.nanoTime() - start) / 1e9;
        StudyRows expected = StudyRows.of(spark, undisturbed);
        System.out.printf(
                Locale.ROOT,
                "undisturbed: %.0f s, %d rows, %d trainings%n",
                seconds,
                expected.results().size(),
                expected.trainings().size());
        int good = 0;
        for (int i = 1; i <= count; i++) {
            good += one(fault, i, 0.15 * seconds + random.nextDouble() * 0.8 * seconds, random, expected) ? 1 : 0;
        }
        System.out.printf(Locale.ROOT, "%d of %d as undisturbed%n", good, count);
        return good == count;
    }

    private boolean one(Fault fault, int number, double after, SplittableRandom random, StudyRows expected)
            throws IOException, InterruptedException {
        String name = fault.name().toLowerCase(Locale.ROOT) + "-" + number;
        Path warehouse = copy(name);
        Process process = start(warehouse, name);
        boolean ended = process.waitFor(Math.round(after * 1e3), TimeUnit.MILLISECONDS);
        String struck = ended ? "nothing: it had ended" : fault.strike(process, random);
        if (fault == Fault.DRIVER && !ended) {
            process.waitFor();
        }
        Set<String> committed =
                fault == Fault.DRIVER ? StudyRows.of(spark, warehouse).trainings() : Set.of();
        end(fault == Fault.DRIVER ? start(warehouse, name + "-again") : process, name);
        StudyRows found = StudyRows.of(spark, warehouse);
        Set<String> again = new TreeSet<>(committed);
        again.removeAll(found.trainings());
        Set<String> left = new TreeSet<>(found.files());
        left.removeAll(expected.files());
        boolean same = found.results().equals(expected.results());
        System.out.printf(
                Locale.ROOT,
                "%s: killed %s after %.1f s, %d trainings were committed; tables %s, %d committed trainings done again, left"
                        + " behind %s%n",
                name,
                struck,
                after,
                committed.size(),
                same ? "the same" : "DIFFER",
                again.size(),
                left);
        return same && again.isEmpty() && left.isEmpty();
    }

    private Process start(Path warehouse, String name) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--set", "warehouse=" + warehouse));
        File log = folder.resolve(name + ".log").toFile();
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private void end(Process process, String name) throws InterruptedException {
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " did not end well; see its log in " + folder);
        }
    }

    private Path copy(String name) throws IOException {
        Path target = folder.resolve(name);
        try (var files = Files.walk(base)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(base.relativize(file).toString()));
            }
        }
        return target;
    }
}
