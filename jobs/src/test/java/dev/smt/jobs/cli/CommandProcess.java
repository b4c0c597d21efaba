package dev.smt.jobs.cli;

import dev.smt.jobs.LocalCluster;
import dev.smt.jobs.Smt;
import dev.smt.jobs.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        return printing(new ProcessBuilder(java(warehouse, output, List.of(command))), output)
                .start();
    }

    /** The same on a cluster. */
    static Process startOn(StandaloneCluster cluster, Path warehouse, Path output, String... command)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        cluster.settings().forEach((key, value) -> words.addAll(List.of("--set", key + "=\"" + value + "\"")));
        return printing(new ProcessBuilder(java(warehouse, output, words)), output)
                .start();
    }

    private static ProcessBuilder printing(ProcessBuilder process, Path output) {
        return process.redirectErrorStream(true).redirectOutput(output.toFile());
    }

    private static List<String> java(Path warehouse, Path output, List<String> command) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> arguments = new ArrayList<>(
                List.of(java.toString(), "-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
        arguments.addAll(LocalCluster.jvmOptions());
        arguments.addAll(List.of(
                "-Dsmt.log.file=" + output.resolveSibling("child.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Smt.class.getName()));
        arguments.addAll(command);
        arguments.addAll(
                List.of("--conf", TinyWorld.configuration().toString(), "--set", TinyWorld.warehouse(warehouse)));
        return arguments;
    }
}
