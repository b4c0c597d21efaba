package dev.smt.jobs.study;

import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.StudyResultRow;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.metric.PairedDelta;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;

/** Rows of {@code study_results}. */
record ResultRows(String runId, String studyId) {

    /** A model that is what it was. */
    StudyResultRow unchanged(FinalModel model, String role) {
        return row(
                model,
                role,
                false,
                OptionalDouble.of(0),
                OptionalDouble.of(0),
                OptionalDouble.of(1),
                OptionalDouble.of(1),
                Optional.empty());
    }

    /** A model whose start can't be trained, so that there is nothing to compare with. */
    StudyResultRow withoutStart(FinalModel model, String role) {
        OptionalDouble none = OptionalDouble.empty();
        return row(model, role, true, none, none, none, none, Optional.of("what it was can't be trained"));
    }

    /**
     * A model that changed.
     *
     * @param results one per seed
     */
    StudyResultRow changed(FinalModel model, String role, List<PairedResult> results) {
        OptionalDouble flops = OptionalDouble.of(results.get(0).flopsRatio());
        OptionalDouble bytes = OptionalDouble.of(results.get(0).bytesRatio());
        Optional<String> failure =
                results.stream().flatMap(result -> result.reason().stream()).findFirst();
        List<PairedDelta> deltas =
                results.stream().flatMap(result -> result.unseen().stream()).toList();
        if (failure.isPresent() || deltas.size() < results.size()) {
            OptionalDouble none = OptionalDouble.empty();
            Optional<String> reason = failure.or(() -> Optional.of("it has no unseen test row with a loss"));
            return row(model, role, true, none, none, flops, bytes, reason);
        }
        double[] values = deltas.stream().mapToDouble(PairedDelta::delta).toArray();
        return row(
                model,
                role,
                true,
                OptionalDouble.of(StatUtils.mean(values)),
                error(deltas, values),
                flops,
                bytes,
                Optional.empty());
    }

    /** All seeds share the rows, so their mean has the rows' error and a part of the seeds'. */
    private static OptionalDouble error(List<PairedDelta> deltas, double[] values) {
        double rows = deltas.stream()
                .mapToDouble(PairedDelta::standardError)
                .average()
                .orElseThrow();
        double seeds = values.length < 2 ? 0 : StatUtils.variance(values) / values.length;
        double error = Math.sqrt(rows * rows + seeds);
        return Cells.finite(error);
    }

    private StudyResultRow row(
            FinalModel model,
            String role,
            boolean changed,
            OptionalDouble delta,
            OptionalDouble error,
            OptionalDouble flops,
            OptionalDouble bytes,
            Optional<String> reason) {
        return new StudyResultRow(
                runId,
                studyId,
                model.way(),
                model.id(),
                role,
                changed,
                model.techniques(),
                delta,
                error,
                flops,
                bytes,
                reason);
    }
}
