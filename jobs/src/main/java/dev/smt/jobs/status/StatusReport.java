package dev.smt.jobs.status;

import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TrialRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of a warehouse in words: those that are on, with the trials of their study, and the last that ended.
 *
 * @param runs all of them
 * @param holders who works on a run, by its id; a run that nobody works on is not there
 * @param trials of the studies that running runs write
 * @param now the time
 */
public record StatusReport(List<RunRow> runs, Map<String, String> holders, List<TrialRow> trials, Instant now) {
    private static final int ENDED = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    public StatusReport {
        runs = List.copyOf(runs);
        holders = Map.copyOf(holders);
        trials = List.copyOf(trials);
    }

    /** All runs, in the order in which they began. */
    public List<RunProgress> progress() {
        return runs.stream()
                .sorted(Comparator.comparing(RunRow::startedAt).thenComparing(RunRow::runId))
                .map(run -> RunProgress.of(run, Optional.ofNullable(holders.get(run.runId())), trials, now))
                .toList();
    }

    /** The report, line by line; times are UTC. */
    public List<String> lines() {
        if (runs.isEmpty()) {
            return List.of("nothing was ever run here");
        }
        List<String> lines = new ArrayList<>();
        List<RunRow> on = runs.stream()
                .filter(run -> run.status().equals(RunRow.RUNNING))
                .sorted(Comparator.comparing(RunRow::startedAt))
                .toList();
        if (on.isEmpty()) {
            lines.add("nothing is running");
        }
        on.forEach(run -> lines.addAll(running(run)));
        lines.add("the last that ended (UTC):");
        runs.stream()
                .filter(run -> !run.status().equals(RunRow.RUNNING))
                .sorted(Comparator.comparing(RunRow::finishedAt).reversed())
                .limit(ENDED)
                .forEach(run -> lines.add(ended(run)));
        return lines;
    }

    private List<String> running(RunRow run) {
        double seconds = Duration.between(run.startedAt(), now).toMillis() / 1000.0;
        List<String> lines = new ArrayList<>();
        Optional<String> holder = Optional.ofNullable(holders.get(run.runId()));
        lines.add(run.command() + " (run " + run.runId() + "), begun " + TIME.format(run.startedAt()) + " UTC, "
                + holder.map(who -> Progress.span(seconds) + " ago, by " + who)
                        .orElse("was cut off: nobody works on it; the same command goes on where it stopped"));
        trials.stream().map(TrialRow::studyId).distinct().sorted().forEach(study -> {
            List<TrialRow> ofStudy = trials.stream()
                    .filter(trial -> trial.studyId().equals(study))
                    .toList();
            if (ofStudy.stream().anyMatch(trial -> trial.runId().equals(run.runId()))) {
                lines.addAll(study(study, ofStudy));
            }
        });
        return lines;
    }

    private static List<String> study(String study, List<TrialRow> trials) {
        List<TechniqueProgress> techniques = TechniqueProgress.of(trials);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "  %s: %d trials, %d trainings (%d failed), %d skipped",
                study,
                trials.size(),
                techniques.stream().mapToInt(TechniqueProgress::trainings).sum(),
                techniques.stream().mapToInt(TechniqueProgress::failed).sum(),
                techniques.stream().mapToInt(TechniqueProgress::skipped).sum()));
        techniques.forEach(technique -> lines.add(String.format(
                Locale.ROOT,
                "    %-28s %4d trials, %s",
                technique.technique(),
                technique.trials(),
                technique.bestMu().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "best feasible gain %+.3f %%",
                                technique.bestMu().getAsDouble())
                        : "none feasible so far")));
        return lines;
    }

    private static String ended(RunRow run) {
        double seconds = Duration.between(run.startedAt(), run.finishedAt()).toMillis() / 1000.0;
        return "  " + TIME.format(run.finishedAt()) + " " + run.command() + " " + run.status() + " in "
                + Progress.span(seconds) + run.error().map(why -> ": " + why).orElse("");
    }
}
