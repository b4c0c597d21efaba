package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialCommitsTest {
    private static final LedgerConfiguration WHEN_TOLD = new LedgerConfiguration(Duration.ofDays(1), 1_000);

    @TempDir
    private Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(TestSpark.session(), folder.toString());
    }

    private final List<TrialRow> written = new ArrayList<>();

    @Test
    void trialsOfSeveralTechniquesGoIntoOneCommit() {
        try (TrialCommits commits = open("study")) {
            long before = version();
            commits.add(List.of(LedgerRows.trial("a", 0)), models("a", 0));
            commits.add(List.of(LedgerRows.trial("b", 0)), models("b", 0));
            assertThat(trials()).isEmpty();
            commits.flush();
            assertThat(trials()).containsExactlyInAnyOrder("a 0", "b 0");
            commits.add(List.of(LedgerRows.trial("a", 1)), models("a", 1));
            commits.flush();
            commits.flush();
            assertThat(version() - before).isEqualTo(2);
        }
        assertThat(trials()).containsExactlyInAnyOrder("a 0", "b 0", "a 1");
        assertThat(written).extracting(TrialRow::technique).containsExactly("a", "b", "a");
        assertThat(modelsOfTrials()).containsExactlyInAnyOrder("a 0 m", "b 0 m", "a 1 m");
    }

    @Test
    void whatAProcessCommitsThatAnotherReplacedChangesNothing() {
        TrialCommits silent = open("study");
        silent.add(List.of(LedgerRows.trial("a", 0)), models("a", 0));
        silent.flush();
        try (TrialCommits next = open("study")) {
            silent.add(List.of(LedgerRows.trial("a", 1)), models("a", 1));
            silent.close();
            assertThat(trials()).containsExactly("a 0");
            next.add(List.of(LedgerRows.trial("a", 1)), models("a", 1));
        }
        assertThat(trials()).containsExactlyInAnyOrder("a 0", "a 1");
        assertThat(modelsOfTrials()).containsExactlyInAnyOrder("a 0 m", "a 1 m");
    }

    @Test
    void anotherStudyIsNotInTheWay() {
        TrialCommits commits = open("study");
        try (TrialCommits other = open("other")) {
            commits.add(List.of(LedgerRows.trial("a", 0)), models("a", 0));
            other.flush();
        }
        commits.close();
        assertThat(trials()).containsExactly("a 0");
    }

    @Test
    void modelsWhoseTrialWasNeverWrittenAreDeleted() {
        LedgerRows.commit(warehouse, "study", List.of(LedgerRows.trial("a", 0)), models("a", 0));
        warehouse.append(TrialModelRow.TABLE, models("a", 1));
        open("study").close();
        assertThat(modelsOfTrials()).containsExactly("a 0 m");
    }

    @Test
    void whoMayWriteNoMoreWritesNoMoreAndSaysSo() {
        boolean[] lost = {false};
        Runnable permit = () -> {
            if (lost[0]) {
                throw new IllegalStateException("the lease is lost");
            }
        };
        TrialCommits commits = TrialCommits.open(warehouse, "study", permit, written::add, WHEN_TOLD);
        commits.add(List.of(LedgerRows.trial("a", 0)), models("a", 0));
        commits.flush();
        lost[0] = true;
        commits.add(List.of(LedgerRows.trial("a", 1)), models("a", 1));
        assertThatThrownBy(commits::close).hasMessage("the lease is lost");
        assertThat(trials()).containsExactly("a 0");
    }

    private TrialCommits open(String study) {
        return TrialCommits.open(warehouse, study, () -> {}, written::add, WHEN_TOLD);
    }

    private static List<TrialModelRow> models(String technique, int trial) {
        return List.of(LedgerRows.model(technique, trial, "m", 0.5, 0.1));
    }

    private List<String> trials() {
        return warehouse.rows(TrialRow.TABLE).stream()
                .map(row -> row.technique() + " " + row.trial())
                .toList();
    }

    private List<String> modelsOfTrials() {
        return warehouse.rows(TrialModelRow.TABLE).stream()
                .map(row -> row.technique() + " " + row.trial() + " " + row.modelId())
                .toList();
    }

    private long version() {
        return io.delta.tables.DeltaTable.forPath(TestSpark.session(), warehouse.path(TrialRow.TABLE))
                .history(1)
                .select("version")
                .head()
                .getLong(0);
    }
}
