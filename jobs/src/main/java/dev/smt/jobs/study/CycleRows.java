package dev.smt.jobs.study;

import dev.smt.comparison.MeanGain;
import dev.smt.experiment.Interval;
import dev.smt.jobs.table.AdoptionRow;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.StudyCycleRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one cycle came to in either way, from the rows of its models.
 *
 * @param alpha a larger loss than this is a regression, percent NE
 */
record CycleRows(String studyId, int cycle, double alpha) {

    /** A model that shipped a change, with its deltas. */
    private record Change(OptionalDouble decided, OptionalDouble unseen) {}

    /**
     * The cycle by templates.
     *
     * @param adopted techniques of the models that shipped; of earlier cycles of the study, too
     * @param pool number of techniques that were offered
     */
    StudyCycleRow templates(
            String runId, List<ModelIterationRow> rows, List<AdoptionRow> adopted, int trainings, int pool) {
        List<ModelIterationRow> changed =
                rows.stream().filter(CycleRows::changed).toList();
        return row(
                runId,
                StudyCycleRow.TEMPLATES,
                rows.size(),
                changed.stream()
                        .map(row -> new Change(row.neDelta(), row.unseenDelta()))
                        .toList(),
                trainings,
                newPairs(runId, changed, adopted),
                pool);
    }

    /** The cycle by tuning each model alone. */
    StudyCycleRow fragmented(String runId, List<FragmentedIterationRow> rows) {
        List<Change> changes = new ArrayList<>();
        rows.stream()
                .filter(row -> row.added() > 0)
                .forEach(row -> changes.add(new Change(row.neDelta(), row.unseenDelta())));
        return row(
                runId,
                StudyCycleRow.FRAGMENTED,
                rows.size(),
                changes,
                rows.stream().mapToInt(FragmentedIterationRow::trainings).sum(),
                rows.stream().mapToInt(FragmentedIterationRow::added).sum(),
                rows.stream().mapToInt(FragmentedIterationRow::edits).sum());
    }

    /** A model that ships exactly what it had, because nothing new fits its data constraint, did not change. */
    static boolean changed(ModelIterationRow row) {
        return row.outcome().equals(ModelIterationRow.SHIPPED) && row.neDelta().orElse(0) != 0;
    }

    /** A version repeats the techniques of its parents; a pair counts once. */
    private static int newPairs(String runId, List<ModelIterationRow> changed, List<AdoptionRow> adopted) {
        Set<String> models = changed.stream().map(ModelIterationRow::modelId).collect(Collectors.toSet());
        Set<String> before = new HashSet<>();
        Set<String> now = new HashSet<>();
        for (AdoptionRow row : adopted) {
            String pair = row.modelId() + "\n" + row.technique();
            if (!row.runId().equals(runId)) {
                before.add(pair);
            } else if (models.contains(row.modelId())) {
                now.add(pair);
            }
        }
        now.removeAll(before);
        return now.size();
    }

    private StudyCycleRow row(
            String runId, String way, int models, List<Change> changes, int trainings, int pairs, int edits) {
        double[] unseen = changes.stream()
                .flatMapToDouble(change -> change.unseen().stream())
                .toArray();
        Optional<MeanGain> mean = unseen.length == 0 ? Optional.empty() : Optional.of(MeanGain.of(unseen));
        Optional<Interval> interval = mean.flatMap(MeanGain::interval);
        int regressed =
                (int) Arrays.stream(unseen).filter(delta -> delta < -alpha).count();
        return new StudyCycleRow(
                runId,
                studyId,
                way,
                cycle,
                models,
                changes.size(),
                trainings,
                pairs,
                edits,
                changes.stream()
                        .flatMapToDouble(change -> change.decided().stream())
                        .average(),
                mean.stream().mapToDouble(MeanGain::mean).findFirst(),
                interval.stream().mapToDouble(Interval::low).findFirst(),
                interval.stream().mapToDouble(Interval::high).findFirst(),
                Arrays.stream(unseen).max(),
                regressed);
    }
}
