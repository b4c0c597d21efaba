package dev.smt.jobs.study;

import dev.smt.comparison.MeanGain;
import dev.smt.experiment.Interval;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.StudyCycleRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
     * @param pairs (technique, model) pairs that shipped for the first time
     * @param pool number of techniques that were offered
     */
    StudyCycleRow templates(String runId, List<ModelIterationRow> rows, int pairs, int trainings, int pool) {
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
                pairs,
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
