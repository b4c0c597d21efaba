package dev.smt.jobs.ingest;

import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.DataCheckRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.QuarantineRow;
import dev.smt.jobs.table.RunRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The step {@code ingest}: raw logs become encoded examples per data pipeline, and the fleet's table. */
public final class IngestStep implements Step {
    private final IngestConfiguration configuration;

    public IngestStep(IngestConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    /** The files' names, sizes and times are part of it: new data is a new run. */
    @Override
    public String configuration(RunContext context) {
        List<String> sections = new ArrayList<>(List.of("data", "input", "pipelines", "fleet"));
        if (configuration.fleet().mayLeaveTheTemplateOpen()) {
            sections.add("coverage");
        }
        return context.configuration().json(sections) + "\n"
                + InputFingerprint.of(
                        configuration, context.spark().sparkContext().hadoopConfiguration());
    }

    @Override
    public boolean isIntact(RunContext context, RunRow finished) {
        Map<String, String> versions = RunJson.texts(finished.outputs());
        return WholeVersions.of(context.spark(), context.warehouse().location(), versions)
                .containsAll(versions.keySet());
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        IngestResult result = new IngestJob(context.spark())
                .run(configuration, context.warehouse().location());
        context.warehouse()
                .upsert(
                        FleetModelRow.TABLE,
                        result.fleet().stream()
                                .map(model -> FleetModelRow.of(runId, model))
                                .toList());
        context.warehouse()
                .upsert(
                        DataCheckRow.TABLE,
                        result.checks().stream()
                                .map(check -> new DataCheckRow(
                                        runId,
                                        check.kind(),
                                        check.name(),
                                        check.pipeline(),
                                        Cells.finite(check.value()),
                                        check.allowed(),
                                        check.held()))
                                .toList());
        context.warehouse()
                .upsert(
                        QuarantineRow.TABLE,
                        IntStream.range(0, result.quarantined().size())
                                .mapToObj(i -> new QuarantineRow(
                                        runId,
                                        i + 1,
                                        result.quarantined().get(i).rules(),
                                        result.quarantined().get(i).record()))
                                .toList());
        Map<String, String> versions = new TreeMap<>();
        result.pipelines().forEach(pipeline -> versions.put(pipeline.pipeline(), pipeline.dataVersion()));
        List<String> tables = new ArrayList<>(List.of("fleet_models"));
        if (!result.checks().isEmpty()) {
            tables.add("data_checks");
        }
        if (!result.quarantined().isEmpty()) {
            tables.add("quarantine");
        }
        return new StepResult(result.report(), versions, tables);
    }
}
