package dev.smt.jobs.ingest;

import dev.smt.fleet.FleetModel;
import java.util.List;

/**
 * What {@code ingest} made.
 *
 * @param pipelines the encoded pipelines, by name
 * @param fleet the models
 * @param report lines for the user: rows, base rates, vocabularies and missing values per pipeline
 */
public record IngestResult(List<PipelineManifest> pipelines, List<FleetModel> fleet, List<String> report) {
    public IngestResult {
        pipelines = List.copyOf(pipelines);
        fleet = List.copyOf(fleet);
        report = List.copyOf(report);
    }
}
