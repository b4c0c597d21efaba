package dev.smt.jobs.study;

import dev.smt.jobs.iteration.ShippingGate;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.trial.PairedResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The rows that a cycle of the fragmented way writes.
 *
 * @param runId the run that writes them
 * @param studyId the study of cycles
 * @param cycle its number, from 1
 */
record FragmentedRows(String runId, String studyId, int cycle) {

    /** A model that stays what it is, without a trial at the gate. */
    FragmentedIterationRow unchanged(FragmentedModel model, int budget, int trainings, String outcome, String reason) {
        return row(model, budget, trainings, List.of(), Optional.empty(), new ShippingGate.Verdict(outcome, reason));
    }

    /** A model that was judged at the gate: with what it found where that ships, else as it is. */
    FragmentedIterationRow judged(
            FragmentedModel model,
            int budget,
            int trainings,
            List<ChosenTechnique> found,
            PairedResult result,
            ShippingGate.Verdict verdict) {
        boolean shipped = verdict.outcome().equals(ModelIterationRow.SHIPPED);
        return row(model, budget, trainings, shipped ? found : List.of(), Optional.of(result), verdict);
    }

    private FragmentedIterationRow row(
            FragmentedModel model,
            int budget,
            int trainings,
            List<ChosenTechnique> added,
            Optional<PairedResult> result,
            ShippingGate.Verdict verdict) {
        List<ChosenTechnique> techniques = model.with(added).techniques();
        return new FragmentedIterationRow(
                runId,
                studyId,
                cycle,
                model.id(),
                budget,
                trainings,
                techniques.stream().map(ChosenTechnique::name).toList(),
                techniques.stream().map(ChosenTechnique::json).toList(),
                added.size(),
                added.stream().mapToInt(ChosenTechnique::edits).sum(),
                number(result, PairedResult::neDelta),
                number(result, PairedResult::neDeltaSe),
                number(result, PairedResult::unseenDelta),
                number(result, PairedResult::unseenDeltaSe),
                number(result, paired -> OptionalDouble.of(paired.flopsRatio())),
                number(result, paired -> OptionalDouble.of(paired.bytesRatio())),
                verdict.outcome(),
                verdict.reason());
    }

    private static OptionalDouble number(Optional<PairedResult> result, Function<PairedResult, OptionalDouble> field) {
        return result.map(field).orElse(OptionalDouble.empty());
    }
}
