package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.jobs.Smt;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cycle whose process is killed in the middle of a study ends, when it is run again, with the same results. */
class InterruptedCycleIT {
    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final List<String> MEASURED_TIMES = List.of("train_seconds", "suggest_seconds", "host");

    @Test
    void aKilledCycleGoesOnToTheSameResults() throws Exception {
        Path warehouse = TinyWorld.copyBeforeMmo("killed");

        // Between the commit of a trial's models and the commit of the trial.
        killWhenThereIs(commit(warehouse, TrialModelRow.TABLE, 0), warehouse);
        // Between two batches of trials.
        killWhenThereIs(commit(warehouse, TrialRow.TABLE, 1), warehouse);
        int survived = ResultTables.of(warehouse).of(TrialRow.TABLE).size();
        assertThat(survived).isBetween(1, TinyWorld.TECHNIQUES.size() * TinyWorld.TRIALS - 1);
        CommandRun.onTinyWorld(List.of("cycle"), TinyWorld.warehouse(warehouse)).succeeds();

        ResultTables uninterrupted = ResultTables.finished();
        ResultTables resumed = ResultTables.of(warehouse);
        for (Table<?> table : List.of(TrialRow.TABLE, TrialModelRow.TABLE, TechniqueDecisionRow.TABLE)) {
            assertThat(withoutTimes(resumed.of(table)))
                    .as(table.name())
                    .containsExactlyInAnyOrderElementsOf(withoutTimes(uninterrupted.of(table)));
        }
    }

    private static Path commit(Path warehouse, Table<?> table, int number) {
        return warehouse.resolve(table.name()).resolve("_delta_log").resolve(String.format("%020d.json", number));
    }

    /** Runs the cycle in a process of its own, and kills it as soon as a file appears. */
    private static void killWhenThereIs(Path file, Path warehouse) throws IOException, InterruptedException {
        Path output = warehouse.resolveSibling("killed-" + file.getFileName() + ".log");
        Process process = new ProcessBuilder(command(warehouse))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            long end = System.nanoTime() + LONGEST.toNanos();
            while (!Files.exists(file) && process.isAlive() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(file).as(() -> "the child printed:\n" + read(output)).exists();
        assertThat(process.exitValue())
                .as("the child was killed, it did not end by itself")
                .isGreaterThan(2);
    }

    private static List<String> command(Path warehouse) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path flags = Path.of(System.getProperty("smt.build", "target"), "jvm-options.txt");
        List<String> command = new ArrayList<>(
                List.of(java.toString(), "-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
        command.addAll(List.of(Files.readString(flags).trim().split("\\s+")));
        command.addAll(List.of(
                "-Dsmt.log.file=" + warehouse.resolveSibling("killed-child.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Smt.class.getName(),
                "cycle",
                "--conf",
                TinyWorld.configuration().toString(),
                "--set",
                TinyWorld.warehouse(warehouse)));
        return command;
    }

    private static List<JsonNode> withoutTimes(List<JsonNode> rows) {
        return rows.stream()
                .map(row -> (JsonNode) ((ObjectNode) row.deepCopy()).remove(MEASURED_TIMES))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
