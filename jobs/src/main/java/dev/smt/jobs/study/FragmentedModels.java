package dev.smt.jobs.study;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.StudyModelRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.template.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.functions;

/** The models of the fragmented way, from the tables alone. */
final class FragmentedModels {
    private final Warehouse warehouse;
    private final FleetInputs fleet;
    private final PublishedTemplates templates;
    private final String studyId;

    FragmentedModels(Warehouse warehouse, FleetInputs fleet, PublishedTemplates templates, String studyId) {
        this.warehouse = warehouse;
        this.fleet = fleet;
        this.templates = templates;
        this.studyId = studyId;
    }

    /** What a cycle of the study left, by model id. */
    List<FragmentedIterationRow> rows(int cycle) {
        return warehouse.rows(
                FragmentedIterationRow.TABLE,
                functions
                        .col("study_id")
                        .equalTo(studyId)
                        .and(functions.col("cycle").equalTo(cycle)));
    }

    /** All models as they were before a cycle, by model id; before cycle 1, as they were when the study began. */
    List<FragmentedModel> before(int cycle) {
        Map<String, StudyModelRow> starts = new HashMap<>();
        warehouse
                .rows(StudyModelRow.TABLE, functions.col("study_id").equalTo(studyId))
                .forEach(row -> starts.put(row.modelId(), row));
        Map<String, FragmentedIterationRow> last = new HashMap<>();
        rows(cycle - 1).forEach(row -> last.put(row.modelId(), row));
        return fleet.models().stream()
                .filter(model -> starts.containsKey(model.id()))
                .map(model -> model(model, starts.get(model.id()), Optional.ofNullable(last.get(model.id()))))
                .toList();
    }

    private FragmentedModel model(FleetModel model, StudyModelRow start, Optional<FragmentedIterationRow> last) {
        Template template = templates.template(templates.version(start.baseline()));
        return new FragmentedModel(
                model,
                template,
                FleetInputs.exposedValues(template, start.tuned()),
                last.map(row -> ChosenTechnique.read(row.techniques(), row.thetas()))
                        .orElse(List.of()));
    }
}
