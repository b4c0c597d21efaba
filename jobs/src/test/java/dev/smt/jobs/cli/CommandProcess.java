package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import java.io.IOException;
import java.nio.file.Files;
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
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path flags = Path.of(System.getProperty("smt.build", "target"), "jvm-options.txt");
        List<String> arguments = new ArrayList<>(
                List.of(java.toString(), "-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
        arguments.addAll(List.of(Files.readString(flags).trim().split("\\s+")));
        arguments.addAll(List.of(
                "-Dsmt.log.file=" + output.resolveSibling("child.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Smt.class.getName()));
        arguments.addAll(List.of(command));
        arguments.addAll(
                List.of("--conf", TinyWorld.configuration().toString(), "--set", TinyWorld.warehouse(warehouse)));
        return new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
