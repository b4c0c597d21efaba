package dev.smt.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TrialRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant NOW = START.plusSeconds(75);

    @Test
    void anEmptyWarehouseSaysSo() {
        assertThat(new StatusReport(List.of(), Map.of(), List.of(), NOW).lines())
                .containsExactly("nothing was ever run here");
    }

    @Test
    void aRunningStudyShowsEachTechniqueAndWhoWorksOnIt() {
        StatusReport report = new StatusReport(
                List.of(run("mmo-1", RunRow.RUNNING, 0, Optional.empty())),
                Map.of("mmo-1", "process 7 on here since then"),
                List.of(
                        trial("mmo-1", "study-a", "dropout", 0, true, 0.25, 8, 0, 0),
                        trial("mmo-0", "study-a", "dropout", 1, true, 0.5, 7, 1, 0),
                        trial("mmo-1", "study-a", "labels", 0, false, 2, 3, 0, 5),
                        trial("mmo-9", "study-b", "dropout", 0, true, 9, 8, 0, 0)),
                NOW);
        assertThat(report.lines())
                .containsExactly(
                        "mmo (run mmo-1), begun 2026-03-01 10:00:00 UTC, 1m 15s ago, by process 7 on here since then",
                        "  study-a: 3 trials, 19 trainings (1 failed), 5 skipped",
                        "    dropout                         2 trials, best feasible gain +0.500 %",
                        "    labels                          1 trials, none feasible so far",
                        "the last that ended (UTC):");
    }

    @Test
    void scriptsGetEveryRunWithItsOwnTrialsWhereItIsOn() {
        StatusReport report = new StatusReport(
                List.of(
                        run("mmo-1", RunRow.RUNNING, 10, Optional.empty()),
                        run("bad", RunRow.FAILED, 0, Optional.of("disk full"))),
                Map.of("mmo-1", "process 7"),
                List.of(
                        trial("mmo-1", "study-a", "dropout", 0, true, 0.25, 8, 2, 0),
                        trial("mmo-0", "study-a", "dropout", 1, true, 0.5, 7, 1, 0)),
                NOW);
        assertThat(report.progress())
                .extracting(
                        run -> run.run().runId(),
                        RunProgress::holder,
                        run -> run.finishedAt().isPresent(),
                        RunProgress::trials,
                        RunProgress::trainings,
                        RunProgress::failedTrainings)
                .containsExactlyInAnyOrder(
                        tuple("bad", Optional.empty(), true, Optional.empty(), Optional.empty(), Optional.empty()),
                        tuple(
                                "mmo-1",
                                Optional.of("process 7"),
                                false,
                                Optional.of(1),
                                Optional.of(10),
                                Optional.of(2)));
    }

    @Test
    void aRunThatNobodyWorksOnWasCutOff() {
        assertThat(new StatusReport(
                                List.of(run("mmo-1", RunRow.RUNNING, 0, Optional.empty())), Map.of(), List.of(), NOW)
                        .lines())
                .contains("mmo (run mmo-1), begun 2026-03-01 10:00:00 UTC, was cut off: nobody works on it; the same"
                        + " command goes on where it stopped");
    }

    @Test
    void theLastRunsThatEndedAreListedNewestFirstWithTheirErrors() {
        List<RunRow> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            runs.add(run("r-" + i, RunRow.DONE, i, Optional.empty()));
        }
        runs.add(run("bad", RunRow.FAILED, 60, Optional.of("disk full")));
        List<String> lines = new StatusReport(runs, Map.of(), List.of(), NOW).lines();
        assertThat(lines).hasSize(12);
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "nothing is running",
                        "the last that ended (UTC):",
                        "  2026-03-01 10:01:00 mmo FAILED in 1m 00s: disk full",
                        "  2026-03-01 10:00:11 mmo DONE in 11s");
    }

    private static RunRow run(String id, String status, int seconds, Optional<String> error) {
        return new RunRow(id, "mmo", "key", "{}", "1", "{}", "{}", START, START.plusSeconds(seconds), status, error);
    }

    private static TrialRow trial(
            String run,
            String study,
            String technique,
            int number,
            boolean feasible,
            double mu,
            int done,
            int failed,
            int skipped) {
        OptionalDouble none = OptionalDouble.empty();
        return new TrialRow(
                run,
                study,
                technique,
                number,
                "{}",
                1,
                OptionalDouble.of(mu),
                0,
                none,
                feasible,
                done,
                failed,
                skipped,
                "sobol",
                0,
                1,
                none,
                none,
                OptionalDouble.empty());
    }
}
