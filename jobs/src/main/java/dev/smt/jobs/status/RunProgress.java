package dev.smt.jobs.status;

import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TrialRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run, as a script wants to know it.
 *
 * @param run its row
 * @param finishedAt empty while it is not at its end
 * @param seconds that it took, or has taken so far
 * @param holder who works on it; empty where nobody does: it ended, or was cut off
 * @param trials that it has finished; empty where it is not on
 * @param trainings of these trials, failed ones included
 * @param failedTrainings of these trials
 */
public record RunProgress(
        RunRow run,
        Optional<Instant> finishedAt,
        double seconds,
        Optional<String> holder,
        Optional<Integer> trials,
        Optional<Integer> trainings,
        Optional<Integer> failedTrainings) {

    static RunProgress of(RunRow run, Optional<String> holder, List<TrialRow> trials, Instant now) {
        boolean on = run.status().equals(RunRow.RUNNING);
        Optional<Instant> finished = on ? Optional.empty() : Optional.of(run.finishedAt());
        double seconds = Duration.between(run.startedAt(), finished.orElse(now)).toMillis() / 1000.0;
        Optional<List<TrialRow>> own = on
                ? Optional.of(trials.stream()
                        .filter(trial -> trial.runId().equals(run.runId()))
                        .toList())
                : Optional.empty();
        Optional<Integer> failed =
                own.map(rows -> rows.stream().mapToInt(TrialRow::modelsFailed).sum());
        Optional<Integer> done =
                own.map(rows -> rows.stream().mapToInt(TrialRow::modelsDone).sum());
        return new RunProgress(
                run,
                finished,
                seconds,
                holder,
                own.map(List::size),
                done.map(count -> count + failed.orElse(0)),
                failed);
    }
}
