package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes the rows of one run of the step. */
record IterationRows(String runId, int cycle, LatestVersions latest) {

    /** Of a model that was rebuilt. */
    ModelIterationRow rebuilt(
            FleetModel model, PairedResult result, ShippingGate.Verdict verdict, InstanceTuning.Tuned tuned) {
        return new ModelIterationRow(
                runId,
                cycle,
                model.id(),
                model.template(),
                latest.version(model).version(),
                result.ne(),
                OptionalDouble.of(result.neBase()),
                result.neDelta(),
                result.neDeltaSe(),
                OptionalDouble.of(result.flopsRatio()),
                verdict.outcome(),
                verdict.reason(),
                OptionalDouble.of(result.bytesRatio()),
                tuned.json(),
                trainings(tuned),
                result.unseenDelta(),
                result.unseenDeltaSe());
    }

    /** Of a model that was not: it does what its production baseline does, where that could be trained. */
    ModelIterationRow unchanged(
            FleetModel model, Baseline baseline, ShippingGate.Verdict verdict, OptionalInt tuningTrainings) {
        OptionalDouble ne =
                baseline.failed() ? OptionalDouble.empty() : baseline.row().testNe();
        return unchanged(model, ne, verdict, tuningTrainings);
    }

    /** Of a model that nothing was trained for. */
    ModelIterationRow untouched(FleetModel model, String reason) {
        return unchanged(
                model,
                OptionalDouble.empty(),
                new ShippingGate.Verdict(ModelIterationRow.KEPT_BASELINE, reason),
                OptionalInt.empty());
    }

    private ModelIterationRow unchanged(
            FleetModel model, OptionalDouble ne, ShippingGate.Verdict verdict, OptionalInt tuningTrainings) {
        OptionalDouble none = OptionalDouble.empty();
        return new ModelIterationRow(
                runId,
                cycle,
                model.id(),
                model.template(),
                latest.version(model).version(),
                ne,
                ne,
                none,
                none,
                none,
                verdict.outcome(),
                verdict.reason(),
                none,
                Optional.empty(),
                tuningTrainings,
                none,
                none);
    }

    static OptionalInt trainings(InstanceTuning.Tuned tuned) {
        return tuned.trainings() == 0 ? OptionalInt.empty() : OptionalInt.of(tuned.trainings());
    }
}
