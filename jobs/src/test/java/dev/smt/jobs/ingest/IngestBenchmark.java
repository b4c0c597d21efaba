package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamples;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.generate.GenerateConfiguration;
import dev.smt.jobs.generate.GenerateJob;
import dev.smt.jobs.run.SparkSettings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What ingest costs beside Spark that reads the same files and writes the same columns as Parquet, and what its files cost
 * beside these, in bytes and to load. benchmarks/ingest.md has the command and the results.
 *
 * <p>Arguments: a configuration with a section {@code generate}; an empty folder; runs of each; numbers of rows.
 */
public final class IngestBenchmark {
    private final SparkSession spark;
    private final File configuration;
    private final Path folder;
    private final int runs;

    private IngestBenchmark(SparkSession spark, File configuration, Path folder, int runs) {
        this.spark = spark;
        this.configuration = configuration;
        this.folder = folder;
        this.runs = runs;
    }

    /** Something to be timed. */
    private interface Work {
        void run() throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .config(SparkSettings.of(Map.of(), System.getenv()))
                .getOrCreate()) {
            IngestBenchmark benchmark = new IngestBenchmark(
                    spark, new File(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            System.out.println("| rows | ingest, s | Parquet, s | ratio of rows per second | bytes, ratio | load, s |"
                    + " Parquet rows, s | ratio | peak of the old generation, MB |");
            System.out.println("|---|---|---|---|---|---|---|---|---|");
            for (String rows : Arrays.asList(arguments).subList(3, arguments.length)) {
                benchmark.run(Long.parseLong(rows));
            }
        }
    }

    private void run(long rows) throws IOException {
        Path data = folder.resolve("data");
        Path parquet = folder.resolve("parquet");
        Path warehouse = folder.resolve("warehouse");
        SmtConfiguration read =
                SmtConfiguration.load(configuration, List.of("data=\"" + data + "\"", "generate.rows=" + rows));
        FileUtils.deleteDirectory(data.toFile());
        new GenerateJob(read.read(
                        root -> GenerateConfiguration.read(root.acceptAll().section("generate"))))
                .run(spark, data.toString());
        IngestConfiguration ingest = read.read(root -> IngestConfiguration.read(root.acceptAll()));
        List<Double> ingested = new ArrayList<>();
        List<Double> written = new ArrayList<>();
        resetHeap();
        for (int i = 0; i < runs; i++) {
            FileUtils.deleteDirectory(warehouse.toFile());
            ingested.add(seconds(() -> new IngestJob(spark).run(ingest, warehouse.toString())));
        }
        double heap = heapMegabytes();
        for (int i = 0; i < runs; i++) {
            FileUtils.deleteDirectory(parquet.toFile());
            written.add(seconds(() -> same(data, ingest.input()).write().parquet(parquet.toString())));
        }
        List<Double> loaded = new ArrayList<>();
        List<Double> loadedRows = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            loaded.add(seconds(() -> load(warehouse)));
            loadedRows.add(seconds(() -> loadRows(parquet)));
        }
        System.out.printf(
                Locale.ROOT,
                "| %,d | %s | %s | **%.2f** | **%.2f** | %s | %s | **%.1f** | %.0f |%n",
                rows,
                text(ingested),
                text(written),
                median(written) / median(ingested),
                (double) bytes(warehouse, ".smtx") / bytes(parquet, ".parquet"),
                text(loaded),
                text(loadedRows),
                median(loadedRows) / median(loaded),
                heap);
    }

    /** The columns that ingest encodes, of the same files. */
    private Dataset<Row> same(Path data, InputConfiguration input) {
        Dataset<Row> events = spark.read().parquet(data.resolve("events").toString());
        Column[] columns = Stream.concat(
                        input.features().stream().map(FeatureConfiguration::name),
                        Stream.of("click", "conversion", "like", "hide", "request_time", "user_id"))
                .distinct()
                .filter(Arrays.asList(events.columns())::contains)
                .map(functions::col)
                .toArray(Column[]::new);
        return events.select(columns);
    }

    /** All splits of all pipelines, by as many threads as Spark has. */
    private void load(Path warehouse) {
        EncodedStore store =
                new EncodedStore(warehouse.toString(), spark.sparkContext().hadoopConfiguration());
        ExecutorService threads =
                Executors.newFixedThreadPool(spark.sparkContext().defaultParallelism());
        try {
            List<Callable<Void>> files = new ArrayList<>();
            for (PipelineManifest manifest : store.manifests()) {
                for (Split split : Split.values()) {
                    files.add(() -> load(store, manifest, split));
                }
            }
            for (Future<Void> file : threads.invokeAll(files)) {
                file.get();
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        } finally {
            threads.shutdown();
        }
    }

    private static Void load(EncodedStore store, PipelineManifest manifest, Split split) {
        EncodedExamples examples = store.read(manifest, split);
        if (examples.rows() != manifest.split(split).rows()) {
            throw new IllegalStateException(manifest.pipeline() + " has other rows than its manifest says");
        }
        return null;
    }

    private void loadRows(Path parquet) {
        spark.read().parquet(parquet.toString()).foreachPartition((ForeachPartitionFunction<Row>) rows -> {
            long cells = 0;
            while (rows.hasNext()) {
                Row row = rows.next();
                for (int i = 0; i < row.length(); i++) {
                    cells += row.isNullAt(i) ? 0 : row.get(i).hashCode();
                }
            }
            if (cells == Long.MIN_VALUE) {
                throw new IllegalStateException("never: it keeps the loop");
            }
        });
    }

    private static long bytes(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static double seconds(Work work) throws IOException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String text(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.1f", value))
                .collect(Collectors.joining("; "));
    }

    private static void resetHeap() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** The peak of the old generation since it was reset. */
    private static double heapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().contains("Old"))
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / 1e6;
    }
}
