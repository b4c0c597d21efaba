package dev.smt.jobs.preflight;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** A task on each executor. */
public final class Preflight {
    /** Long enough that no executor is done with a second task before all have had one. */
    private static final long PAUSE_MILLISECONDS = 300;

    private final Warehouse warehouse;

    public Preflight(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** A report of each executor that is there, by its id. */
    public List<ExecutorReport> reports() {
        SparkContext context = warehouse.spark().sparkContext();
        String location = warehouse.location();
        SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
        int tasks = context.defaultParallelism();
        TreeMap<String, ExecutorReport> byExecutor = JavaSparkContext.fromSparkContext(context)
                .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                .map(task -> {
                    ExecutorReport report = new ExecutorCheck(location, hadoop.value()).run();
                    Thread.sleep(PAUSE_MILLISECONDS);
                    return report;
                })
                .collect()
                .stream()
                .collect(Collectors.toMap(
                        ExecutorReport::executor, report -> report, ExecutorReport::and, TreeMap::new));
        return List.copyOf(byExecutor.values());
    }

    /**
     * The same, where all is well.
     *
     * @throws InvalidInputException with all problems of all executors
     */
    public List<ExecutorReport> require() {
        List<ExecutorReport> reports;
        try {
            reports = reports();
        } catch (RuntimeException died) {
            throw died(died);
        }
        List<String> problems = new ArrayList<>();
        reports.forEach(report -> report.problems().forEach(problem -> problems.add(report.name() + ": " + problem)));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return reports;
    }

    private static RuntimeException died(RuntimeException failure) {
        return failure.getCause() instanceof SparkException || (Throwable) failure instanceof SparkException
                ? new InvalidInputException("an executor died as it was looked at: " + failure.getMessage()
                        + "; its log says why: too little memory beside the heap (spark.executor.memoryOverhead), or native"
                        + " code that this system can't run")
                : failure;
    }
}
