package dev.smt.jobs.status;

import dev.smt.jobs.table.TrialRow;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far the search of one technique is.
 *
 * @param technique its name
 * @param trials done
 * @param trainings done, failed ones included
 * @param failed trainings
 * @param skipped trainings that their trial was decided without
 * @param bestMu the largest mean gain of a feasible trial, percent NE; empty where there is none
 */
public record TechniqueProgress(
        String technique, int trials, int trainings, int failed, int skipped, OptionalDouble bestMu) {

    /** Of every technique that has a trial, by name. */
    static List<TechniqueProgress> of(List<TrialRow> trials) {
        Map<String, List<TrialRow>> byTechnique =
                trials.stream().collect(Collectors.groupingBy(TrialRow::technique, TreeMap::new, Collectors.toList()));
        return byTechnique.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static TechniqueProgress of(String technique, List<TrialRow> trials) {
        int failed = trials.stream().mapToInt(TrialRow::modelsFailed).sum();
        return new TechniqueProgress(
                technique,
                trials.size(),
                trials.stream().mapToInt(TrialRow::modelsDone).sum() + failed,
                failed,
                trials.stream().mapToInt(TrialRow::modelsSkipped).sum(),
                trials.stream()
                        .filter(TrialRow::feasible)
                        .flatMapToDouble(trial -> trial.mu().stream())
                        .max());
    }
}
