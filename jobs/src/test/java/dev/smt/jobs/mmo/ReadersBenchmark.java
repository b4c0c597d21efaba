package dev.smt.jobs.mmo;

import dev.smt.jobs.run.SparkSettings;
import dev.smt.jobs.table.Warehouse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;

/**
 * People who look at a study while it runs: threads that ask what {@code smt sql} asks, each again and again with pauses, in
 * every second half minute, so that the study's commits can be compared with and without them. benchmarks/cluster.md has the
 * command.
 *
 * <p>Arguments: warehouse, readers, seconds of a reader's pause, seconds in all.
 */
public final class ReadersBenchmark {
    private static final List<String> QUERIES = List.of(
            "SELECT technique, count(*) AS trials, max(mu) AS best FROM trials GROUP BY technique",
            "SELECT count(*) AS models, sum(train_seconds) AS seconds FROM trial_models",
            "SELECT * FROM trial_models ORDER BY train_seconds DESC LIMIT 10",
            "SELECT command, status FROM runs",
            "SELECT t.trial, count(*) AS models FROM trials t JOIN trial_models m"
                    + " ON m.study_id = t.study_id AND m.technique = t.technique AND m.trial = t.trial GROUP BY t.trial",
            "SELECT * FROM v_leaderboard");

    private ReadersBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        int readers = Integer.parseInt(arguments[1]);
        double pause = Double.parseDouble(arguments[2]);
        long end = System.nanoTime() + Math.round(Double.parseDouble(arguments[3]) * 1e9);
        AtomicInteger asked = new AtomicInteger();
        ConcurrentLinkedQueue<Double> seconds = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        try (SparkSession spark = SparkSession.builder()
                .config(SparkSettings.of(Map.of(), System.getenv()))
                .getOrCreate()) {
            ExecutorService threads = Executors.newFixedThreadPool(readers);
            for (int reader = 0; reader < readers; reader++) {
                SplittableRandom random = new SplittableRandom(reader);
                threads.execute(() -> {
                    // A reader's own session: names of tables are of a session.
                    Warehouse warehouse = Warehouse.look(spark.newSession(), arguments[0]);
                    while (System.nanoTime() < end) {
                        sleep(2 * pause * random.nextDouble());
                        if (!ReadingTurns.asks(System.currentTimeMillis())) {
                            continue;
                        }
                        long start = System.nanoTime();
                        try {
                            warehouse
                                    .query(List.of(QUERIES.get(asked.getAndIncrement() % QUERIES.size())))
                                    .get(0)
                                    .collectAsList();
                            seconds.add((System.nanoTime() - start) / 1e9);
                        } catch (Exception failed) {
                            // Spark throws checked ones unchecked.
                            failures.add(failed.toString());
                        }
                    }
                });
            }
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.HOURS);
        }
        double[] sorted =
                seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%d readers: %d queries, %d failed, median %.2f s, 95 %% %.2f s%n",
                readers,
                sorted.length + failures.size(),
                failures.size(),
                sorted[sorted.length / 2],
                sorted[(int) (0.95 * sorted.length)]);
        failures.stream().distinct().limit(5).forEach(System.out::println);
    }

    private static void sleep(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * 1e3));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
