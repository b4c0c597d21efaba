package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Rebuilt models whose deltas a test chose. */
public final class PlantedIterations {
    /** The template that they were rebuilt from, in its second version. */
    public static final String TEMPLATE = "sparse-nn-medium";

    private PlantedIterations() {}

    /**
     * A row of {@code model_iterations}.
     *
     * @param decided delta on the rows that decide, percent NE
     * @param unseen delta on the rows that decide nothing, percent NE
     */
    public static ModelIterationRow row(
            String runId, int cycle, String model, OptionalDouble decided, OptionalDouble unseen, String outcome) {
        OptionalDouble none = OptionalDouble.empty();
        return new ModelIterationRow(
                runId,
                cycle,
                model,
                TEMPLATE,
                2,
                none,
                none,
                decided,
                none,
                none,
                outcome,
                "planted",
                none,
                Optional.empty(),
                OptionalInt.empty(),
                unseen,
                none);
    }
}
