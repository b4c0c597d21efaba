package dev.smt.jobs.ingest;

import dev.smt.fleet.FleetModel;
import java.util.List;

/**
 * What {@code ingest} made.
 *
 * @param pipelines the encoded pipelines, by name
 * @param fleet the models
 * @param checks what the data contract's rules found
 * @param quarantined rows that were left out, up to a limit
 * @param report lines for the user: rows, base rates, vocabularies and missing values per pipeline
 */
public record IngestResult(
        List<PipelineManifest> pipelines,
        List<FleetModel> fleet,
        List<DataCheck> checks,
        List<QuarantinedRow> quarantined,
        List<String> report) {
    public IngestResult {
        pipelines = List.copyOf(pipelines);
        fleet = List.copyOf(fleet);
        checks = List.copyOf(checks);
        quarantined = List.copyOf(quarantined);
        report = List.copyOf(report);
    }
}
