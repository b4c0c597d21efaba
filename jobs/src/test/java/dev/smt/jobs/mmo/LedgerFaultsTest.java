package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.fault.FaultyFileSystem;
import dev.smt.jobs.fault.FileFault;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study's rows when any of its writes to files goes wrong: its process dies in the middle, or the disk is full. The next start
 * goes on from what was committed, to the same rows.
 */
class LedgerFaultsTest {
    private static final int TRIALS = 2;
    private static final int STRIDE = Integer.getInteger("smt.faults.stride", 7);

    @TempDir
    private Path folder;

    @BeforeEach
    void register() {
        FaultyFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    }

    @AfterEach
    void mend() {
        FaultyFileSystem.set(FileFault.none());
    }

    /** Of every one of them with {@code -Dsmt.faults.stride=1}, which takes minutes. */
    @Test
    void aStudyWhoseWriteGoesWrongEndsWithTheRowsOfAnUndisturbedOne() {
        FileFault none = FileFault.none();
        FaultyFileSystem.set(none);
        run("undisturbed", new ArrayList<>());
        int operations = none.operations(); // Whoever opens the warehouse later writes to it, too.
        List<String> expected = rows("undisturbed");
        for (int operation = 2; operation <= operations; operation += STRIDE) {
            for (FileFault.Kind kind : FileFault.Kind.values()) {
                assertGoesOn(kind, operation, expected);
            }
        }
    }

    private void assertGoesOn(FileFault.Kind kind, int operation, List<String> expected) {
        String name = kind + "-" + operation;
        List<Integer> trained = new ArrayList<>();
        FileFault fault = new FileFault(kind, operation);
        FaultyFileSystem.set(fault);
        // Delta does without some of its files, such as checksums; without any other the run fails.
        Optional<Throwable> failure = Optional.ofNullable(catchThrowable(() -> run(name, trained)));
        assertThat(fault.struck()).as(name).isTrue();
        FaultyFileSystem.set(FileFault.none());
        Set<Integer> committed = trials(name);
        if (failure.isEmpty()) {
            assertThat(committed).as(name).isEqualTo(trials("undisturbed"));
        }
        List<Integer> again = new ArrayList<>();
        run(name, again);
        assertThat(rows(name)).as(name).isEqualTo(expected);
        assertThat(again)
                .as(name)
                .isEqualTo(IntStream.range(0, TRIALS)
                        .boxed()
                        .filter(trial -> !committed.contains(trial))
                        .toList());
    }

    /** A study of one technique that commits each trial. */
    private void run(String name, List<Integer> trained) {
        Warehouse warehouse = warehouse(name);
        try (TrialCommits commits =
                TrialCommits.open(warehouse, "study", () -> {}, trial -> {}, LedgerConfiguration.DEFAULT)) {
            Set<Integer> there = trials(name);
            for (int trial = 0; trial < TRIALS; trial++) {
                if (!there.contains(trial)) {
                    trained.add(trial);
                    commits.add(
                            List.of(LedgerRows.trial("a", trial)),
                            List.of(
                                    LedgerRows.model("a", trial, "m", 0.5, 0.1),
                                    LedgerRows.model("a", trial, "n", 0.2, 0.1)));
                    commits.flush();
                }
            }
        }
    }

    private Set<Integer> trials(String name) {
        return warehouse(name).rows(TrialRow.TABLE).stream()
                .map(TrialRow::trial)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> rows(String name) {
        List<String> rows = new ArrayList<>();
        for (Table<?> table : List.of(TrialRow.TABLE, TrialModelRow.TABLE)) {
            warehouse(name).rows(table).forEach(row -> rows.add(row.toString()));
        }
        rows.sort(null);
        return rows;
    }

    private Warehouse warehouse(String name) {
        return Warehouse.open(TestSpark.session(), "faulty:" + folder.resolve(name));
    }
}
