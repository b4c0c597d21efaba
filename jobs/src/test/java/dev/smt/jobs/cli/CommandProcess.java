package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands in a process of their own, which can be killed or told to stop. */
final class CommandProcess {
    private CommandProcess() {}

    /**
     * Starts a command on the tiny world.
     *
     * @param warehouse its result tables
     * @param output takes what it prints
     */
    static Process start(Path warehouse, Path output, String... command) throws IOException {
        return of(warehouse, output, List.of(command)).start();
    }

    /**
     * The same with executors that are processes of their own, two of one core each.
     *
     * @param home a folder for them
     */
    static Process startOnACluster(Path warehouse, Path output, Path home, String... command) throws IOException {
        Files.createDirectories(home.resolve("jars"));
        Map<String, String> settings = Map.of(
                "master", "local-cluster[2,1,700]",
                "executor.memory", "700m",
                "executor.extraClassPath", System.getProperty("java.class.path"),
                "executor.extraJavaOptions", String.join(" ", flags()),
                // The preflight looks at what is there when it begins.
                "scheduler.minRegisteredResourcesRatio", "1");
        List<String> words = new ArrayList<>(List.of(command));
        settings.forEach((key, value) -> words.addAll(List.of("--set", "spark." + key + "=\"" + value + "\"")));
        ProcessBuilder process = of(warehouse, output, words);
        process.environment()
                .putAll(Map.of(
                        "SPARK_HOME", home.toString(), "SPARK_LOCAL_IP", "127.0.0.1", "SPARK_SCALA_VERSION", "2.13"));
        return process.start();
    }

    private static List<String> flags() throws IOException {
        Path flags = Path.of(System.getProperty("smt.build", "target"), "jvm-options.txt");
        return List.of(Files.readString(flags).trim().split("\\s+"));
    }

    private static ProcessBuilder of(Path warehouse, Path output, List<String> command) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> arguments = new ArrayList<>(
                List.of(java.toString(), "-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
        arguments.addAll(flags());
        arguments.addAll(List.of(
                "-Dsmt.log.file=" + output.resolveSibling("child.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Smt.class.getName()));
        arguments.addAll(command);
        arguments.addAll(
                List.of("--conf", TinyWorld.configuration().toString(), "--set", TinyWorld.warehouse(warehouse)));
        return new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(output.toFile());
    }
}
