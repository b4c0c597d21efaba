package dev.smt.jobs.fault;

import dev.smt.jobs.run.SparkSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a study undisturbed, then again and again with something killed at random moments of it, and says whether the tables are
 * the same in the end, whether a training that was committed was done again, and whether a file is left behind.
 * benchmarks/cluster/faults has the command, benchmarks/cluster.md the results.
 *
 * <p>A driver is killed at a moment of the time that the undisturbed study took, counted from when it began or went on; it is
 * submitted again, and killed again, until it ends first. Of executors and workers a study loses up to
 * {@value #MOST_OF_A_STUDY}, a moment of a third of that time after it began, or after the kill before.
 *
 * <p>Arguments: driver, executor or worker; how many kills; seed; a warehouse with the steps before {@code mmo}; an empty
 * folder; the command. The command is told its warehouse, a copy, by {@code --set}.
 */
public final class FaultsBenchmark {
    /** Spark gives a task up that was lost four times, which so few hardly do. */
    private static final int MOST_OF_A_STUDY = 6;

    private static final double SHARE_OF_A_STUDY = 1.0 / 3;
    private static final long LONGEST_MINUTES = 15;

    private final SparkSession spark;
    private final Fault fault;
    private final SplittableRandom random;
    private final Path base;
    private final Path folder;
    private final List<String> command;

    private FaultsBenchmark(SparkSession spark, List<String> arguments) {
        this.spark = spark;
        this.fault = Fault.valueOf(arguments.get(0).toUpperCase(Locale.ROOT));
        this.random = new SplittableRandom(Long.parseLong(arguments.get(2)));
        this.base = Path.of(arguments.get(3));
        this.folder = Path.of(arguments.get(4));
        this.command = arguments.subList(5, arguments.size());
    }

    /** @throws IllegalStateException where a run does not end as it must */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (SparkSession spark = SparkSession.builder()
                .config(SparkSettings.of(Map.of(), System.getenv()))
                .getOrCreate()) {
            if (!new FaultsBenchmark(spark, Arrays.asList(arguments)).run(Integer.parseInt(arguments[1]))) {
                System.exit(1);
            }
        }
    }

    private boolean run(int count) throws IOException, InterruptedException {
        FaultedStudy undisturbed = new FaultedStudy("undisturbed");
        undisturbed.disturb(0, 0);
        double seconds = undisturbed.seconds();
        StudyRows expected = StudyRows.of(spark, undisturbed.warehouse);
        System.out.printf(
                Locale.ROOT,
                "undisturbed: %.0f s from the study's begin, %d rows, %d trainings%n",
                seconds,
                expected.results().size(),
                expected.trainings().size());
        int kills = 0;
        int bad = 0;
        for (int i = 1; kills < count; i++) {
            FaultedStudy study = new FaultedStudy(fault.name().toLowerCase(Locale.ROOT) + "-" + i);
            int killed = fault == Fault.DRIVER
                    ? study.disturb(count - kills, seconds)
                    : study.disturb(Math.min(MOST_OF_A_STUDY, count - kills), SHARE_OF_A_STUDY * seconds);
            kills += killed;
            bad += study.isAs(expected) ? 0 : 1;
            // The machine does other work too: what one takes now.
            seconds = killed == 0 ? study.seconds() : seconds;
        }
        System.out.printf(Locale.ROOT, "%d kills, %d studies not as undisturbed%n", kills, bad);
        return bad == 0;
    }

    /** One study, its process and its warehouse, which is deleted where all is well. */
    private final class FaultedStudy {
        private final String name;
        private final Path warehouse;
        private final Set<String> committed = new TreeSet<>();
        private Process process;
        private long started;
        private long searching;
        private long ended;

        FaultedStudy(String name) throws IOException {
            this.name = name;
            this.warehouse = folder.resolve(name);
            FileUtils.copyDirectory(base.toFile(), warehouse.toFile());
        }

        void start() throws IOException {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--set", "warehouse=" + warehouse));
            File log = folder.resolve(name + ".log").toFile();
            started = System.currentTimeMillis();
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        }

        /** Kills until as many are killed or the study ends; how many were. */
        int disturb(int most, double longest) throws IOException, InterruptedException {
            start();
            untilItSearches();
            searching = System.nanoTime();
            int kills = 0;
            while (kills < most) {
                double after = random.nextDouble() * longest;
                if (process.waitFor(Math.round(after * 1e3), TimeUnit.MILLISECONDS)) {
                    break;
                }
                List<ProcessHandle> victims = fault.victims(process, master());
                if (victims.isEmpty()) {
                    continue;
                }
                kills++;
                String victim = Fault.strike(victims, random);
                System.out.printf(Locale.ROOT, "%s: killed %s, %.1f s after", name, victim, after);
                goOn();
            }
            end();
            return kills;
        }

        private void goOn() throws IOException, InterruptedException {
            if (fault == Fault.DRIVER) {
                process.waitFor();
                committed.addAll(StudyRows.of(spark, warehouse).trainings());
                System.out.printf(", %d trainings were committed", committed.size());
                start();
                untilItSearches();
            }
            System.out.println();
        }

        /** Until this process has the study's lease, or ends. */
        void untilItSearches() throws IOException, InterruptedException {
            Path leases = warehouse.resolve("_leases");
            while (process.isAlive()) {
                if (Files.isDirectory(leases)) {
                    File[] held = leases.toFile()
                            .listFiles(file -> file.getName().startsWith("study-")
                                    && file.getName().endsWith(".holder")
                                    && file.lastModified() >= started);
                    if (held != null && held.length > 0) {
                        return;
                    }
                }
                Thread.sleep(100);
            }
        }

        void end() throws InterruptedException {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not end well; see its log in " + folder);
            }
            ended = System.nanoTime();
        }

        /** From the study's begin to its end. */
        double seconds() {
            return (ended - searching) / 1e9;
        }

        boolean isAs(StudyRows expected) throws IOException {
            StudyRows found = StudyRows.of(spark, warehouse);
            Set<String> again = new TreeSet<>(committed);
            again.removeAll(found.trainings());
            Set<String> left = new TreeSet<>(found.files());
            left.removeAll(expected.files());
            boolean same = found.results().equals(expected.results());
            System.out.printf(
                    Locale.ROOT,
                    "%s: tables %s, %d of %d committed trainings done again, left behind %s%n",
                    name,
                    same ? "the same" : "DIFFER",
                    again.size(),
                    committed.size(),
                    left);
            boolean well = same && again.isEmpty() && left.isEmpty();
            if (well) {
                FileUtils.deleteDirectory(warehouse.toFile());
            }
            return well;
        }
    }

    private String master() {
        return command.get(command.indexOf("--master") + 1);
    }
}
