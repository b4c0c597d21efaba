package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.jobs.StandaloneCluster;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A study whose process is killed ends, when it is run again, with the same results; one that is submitted twice is done once.
 * The steps after it are those of every cycle: what they write follows from the study's rows.
 */
class InterruptedCycleIT {
    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final List<String> MEASURED_TIMES = List.of("train_seconds", "suggest_seconds", "host");

    @Test
    void aKilledStudyGoesOnToTheSameResults() throws Exception {
        Path warehouse = TinyWorld.copyBeforeMmo("killed");

        // Between two batches of trials; LedgerFaultsTest has the moments within a commit.
        killWhenThereAre(1, TrialRow.TABLE, warehouse);
        int survived = ResultTables.of(warehouse).of(TrialRow.TABLE).size();
        assertThat(survived).isBetween(1, TinyWorld.TECHNIQUES.size() * TinyWorld.TRIALS - 1);
        CommandRun.onTinyWorld(List.of("mmo"), TinyWorld.warehouse(warehouse)).succeeds();

        assertSameAsUninterrupted(warehouse);
    }

    @Test
    void aStudyThatLosesAnExecutorAndThenAMachineHasTheSameResults() throws Exception {
        Path warehouse = TinyWorld.copyBeforeMmo("machine-killed");
        Path output = warehouse.resolveSibling("machine-killed.log");
        try (StandaloneCluster cluster = StandaloneCluster.start(warehouse.resolveSibling("cluster"), 2, 1, 700)) {
            Process study = CommandProcess.startOn(cluster, warehouse, output, "mmo", "--set", "ledger.seconds=0.05");
            try {
                // The baselines are there: what is lost now is a training of a trial.
                waitForCommits(1, BaselineRow.TABLE, warehouse, study);
                assertThat(cluster.killExecutors(0)).as(() -> read(output)).isEqualTo(1);
                waitForCommits(1, TrialRow.TABLE, warehouse, study);
                assertThat(cluster.killWorker(1)).as(() -> read(output)).isEqualTo(1);
                long survived = commits(warehouse, TrialRow.TABLE);
                assertThat(study.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(commits(warehouse, TrialRow.TABLE))
                        .as(() -> read(output))
                        .isGreaterThan(survived);
            } finally {
                study.destroyForcibly();
            }
            assertThat(study.exitValue()).as(() -> read(output)).isZero();
        }
        assertSameAsUninterrupted(warehouse);
    }

    @Test
    void twoSubmitsOfTheSameStudyAtOnceDoItOnce() throws Exception {
        Path warehouse = TinyWorld.copyBeforeMmo("twice");
        List<Path> outputs = List.of(warehouse.resolveSibling("first.log"), warehouse.resolveSibling("second.log"));
        List<Process> processes = new ArrayList<>();
        try {
            for (Path output : outputs) {
                processes.add(start(warehouse, output));
            }
            for (int i = 0; i < processes.size(); i++) {
                Path output = outputs.get(i);
                assertThat(processes.get(i).waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(processes.get(i).exitValue())
                        .as(() -> "the child printed:\n" + read(output))
                        .isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        assertSameAsUninterrupted(warehouse);
        assertThat(outputs.stream().map(InterruptedCycleIT::read).filter(text -> text.contains("mmo (run ")))
                .as("processes that did it")
                .hasSize(1);
    }

    /** In what the study itself wrote: the finished cycle has the holdout's trainings besides. */
    private static void assertSameAsUninterrupted(Path warehouse) {
        ResultTables uninterrupted = ResultTables.finished();
        ResultTables resumed = ResultTables.of(warehouse);
        for (Table<?> table : List.of(TrialRow.TABLE, TrialModelRow.TABLE)) {
            assertThat(withoutTimes(resumed.of(table)))
                    .as(table.name())
                    .containsExactlyInAnyOrderElementsOf(withoutTimes(uninterrupted
                            .where(table, row -> row.get("trial").asInt() != TrialModelRow.HOLDOUT_TRIAL)
                            .toList()));
        }
    }

    /** Commits of a table that add rows. */
    private static long commits(Path warehouse, Table<?> table) {
        Path log = warehouse.resolve(table.name()).resolve("_delta_log");
        if (!Files.isDirectory(log)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> read(file).contains("{\"add\":"))
                    .count();
        } catch (IOException beingWritten) {
            return 0;
        }
    }

    /** Runs the study in a process of its own, and kills it as soon as a table has so many commits with rows. */
    private static void killWhenThereAre(int count, Table<?> table, Path warehouse)
            throws IOException, InterruptedException {
        Path output = warehouse.resolveSibling("killed-at-" + table.name() + ".log");
        Process process = start(warehouse, output);
        try {
            waitForCommits(count, table, warehouse, process);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(commits(warehouse, table))
                .as(() -> "the child printed:\n" + read(output))
                .isGreaterThanOrEqualTo(count);
        assertThat(process.exitValue())
                .as("the child was killed, it did not end by itself")
                .isGreaterThan(2);
    }

    private static void waitForCommits(int count, Table<?> table, Path warehouse, Process process)
            throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (commits(warehouse, table) < count && process.isAlive() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static Process start(Path warehouse, Path output) throws IOException {
        return CommandProcess.start(warehouse, output, "mmo", "--set", "ledger.seconds=0.05");
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
