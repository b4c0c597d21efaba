package dev.smt.jobs.catalog;

import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/** The versions that work goes on from: the latest ones that no back-test refused. */
public final class StandingVersions {
    private final PublishedTemplates templates;
    private final Set<String> refused;

    public StandingVersions(Warehouse warehouse, PublishedTemplates templates) {
        this.templates = templates;
        this.refused = warehouse.rows(BackTestVerdictRow.TABLE).stream()
                .filter(row -> row.leftOut().isEmpty() && !row.passed())
                .map(row -> reference(row.template(), row.version()))
                .collect(Collectors.toSet());
    }

    /** The standing version of a template. */
    public TemplateVersionRow of(String template) {
        return templates.all().stream()
                .filter(row -> row.template().equals(template))
                .filter(row -> !refused.contains(reference(template, row.version())))
                .max(Comparator.comparingInt(TemplateVersionRow::version))
                .orElseGet(() -> templates.latest(template));
    }

    private static String reference(String template, int version) {
        return template + "@" + version;
    }
}
