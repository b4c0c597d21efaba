package dev.smt.jobs.cli;

import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateDiff;
import java.util.Map;
import java.util.Optional;

/** Which technique is behind a field that differs between two versions. */
final class TechniqueTrace {
    private TechniqueTrace() {}

    /** The technique that is in one version and not in the other, and moves the field. */
    static Optional<String> of(
            PublishedTemplates templates, TemplateVersionRow before, TemplateVersionRow after, String path) {
        Optional<String> added = between(templates.template(before), before, after, path);
        return added.isPresent()
                ? added.map(name -> name + " added")
                : between(templates.template(after), after, before, path).map(name -> name + " removed");
    }

    private static Optional<String> between(
            Template start, TemplateVersionRow without, TemplateVersionRow with, String path) {
        var known = RunJson.texts(without.techniques()).keySet();
        return RunJson.texts(with.techniques()).entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .filter(entry -> {
                    Technique technique = Techniques.named(entry.getKey());
                    Template applied =
                            technique.apply(start, ParameterValuesJson.read(technique.searchSpace(), entry.getValue()));
                    return TemplateDiff.between(start, applied).stream()
                            .anyMatch(change -> change.path().equals(path));
                })
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
