package dev.smt.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Executors that are processes of their own, on this machine: what a process needs that starts them. */
public final class LocalCluster {
    private LocalCluster() {}

    /** The JVM options that Spark needs, of this process and of executors. */
    public static List<String> jvmOptions() throws IOException {
        Path options = Path.of(System.getProperty("smt.build", "target"), "jvm-options.txt");
        return List.of(Files.readString(options).trim().split("\\s+"));
    }

    /** Spark's settings for so many executors with so many cores and megabytes each. */
    public static Map<String, String> settings(int executors, int cores, int megabytes) throws IOException {
        return new TreeMap<>(Map.of(
                "spark.master", "local-cluster[" + executors + "," + cores + "," + megabytes + "]",
                "spark.executor.cores", Integer.toString(cores),
                "spark.cores.max", Integer.toString(executors * cores),
                "spark.executor.memory", megabytes + "m",
                "spark.executor.extraClassPath", System.getProperty("java.class.path"),
                "spark.executor.extraJavaOptions", String.join(" ", jvmOptions()),
                // The preflight looks at what is there when it begins.
                "spark.scheduler.minRegisteredResourcesRatio", "1"));
    }

    /**
     * The process that will run the command as a driver.
     *
     * @param home a folder for its executors
     */
    public static ProcessBuilder driver(List<String> command, Path home) throws IOException {
        Files.createDirectories(home.resolve("jars"));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment()
                .putAll(Map.of(
                        "SPARK_HOME", home.toString(), "SPARK_LOCAL_IP", "127.0.0.1", "SPARK_SCALA_VERSION", "2.13"));
        return process;
    }
}
