package dev.smt.jobs.study;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.StudyModelRow;
import dev.smt.jobs.table.Warehouse;
import java.util.List;
import java.util.Map;

/** The first step of a study of cycles: keeps what every model runs in production, which both ways start from. */
public final class StudyStartStep implements Step {
    /** The step's name. */
    public static final String NAME = "study-start";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of("ingest", "representatives");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration()
                .json(List.of(
                        "study",
                        "representatives",
                        "importance",
                        "mmo",
                        "sensitivity",
                        "integrate",
                        "back-test",
                        "iterate",
                        "evaluation"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        requireNew(context.warehouse());
        List<StudyModelRow> rows = context.warehouse().rows(FleetModelRow.TABLE).stream()
                .map(model -> new StudyModelRow(runId, runId, model.modelId(), model.baseline(), model.tuned()))
                .toList();
        context.warehouse().upsert(StudyModelRow.TABLE, rows);
        return new StepResult(
                List.of(rows.size() + " models, as they run in production now"),
                Map.of("study", runId),
                List.of("study_models"));
    }

    /** Versions and production models of other work would mix with the study's. */
    private static void requireNew(Warehouse warehouse) {
        if (!warehouse.dataset(ModelIterationRow.TABLE).isEmpty()
                || !warehouse.dataset(StudyModelRow.TABLE).isEmpty()) {
            throw new InvalidInputException("warehouse " + warehouse.location()
                    + " has rebuilt models, or a study with another configuration; a study of cycles needs a warehouse of"
                    + " its own: --set warehouse=FOLDER");
        }
    }
}
