package dev.smt.jobs.experiment;

import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.ExperimentRow;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The run behind {@code ab}: no step of the cycle, but a row of {@code runs} like one. The same results are kept once. */
public final class ExperimentStep implements Step {
    private final Function<String, List<ExperimentRow>> rows;

    /**
     * A run.
     *
     * @param rows the results, by the run's id
     */
    public ExperimentStep(Function<String, List<ExperimentRow>> rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "ab";
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    /** The results themselves: a table that has grown gives other ones, and a run of its own. */
    @Override
    public String configuration(RunContext context) {
        return rows.apply("").toString();
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        List<ExperimentRow> written = rows.apply(runId);
        context.warehouse().appendOnce(ExperimentRow.TABLE, written, runId, 1);
        return new StepResult(List.of(written.size() + " results kept"), Map.of(), List.of(ExperimentRow.TABLE.name()));
    }
}
