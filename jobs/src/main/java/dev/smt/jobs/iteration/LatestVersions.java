package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.template.Template;
import java.util.Map;

/**
 * The template versions that a cycle rebuilds its models from.
 *
 * @param numbers by template
 */
record LatestVersions(PublishedTemplates templates, Map<String, Integer> numbers) {
    LatestVersions {
        numbers = Map.copyOf(numbers);
    }

    TemplateVersionRow version(FleetModel model) {
        return templates.version(model.template(), numbers.get(model.template()));
    }

    Template template(FleetModel model) {
        return templates.template(version(model));
    }

    /** Whether the model runs just this in production. */
    boolean isRunBy(FleetModel model) {
        return templates
                .version(model.baseline())
                .specHash()
                .equals(version(model).specHash());
    }
}
