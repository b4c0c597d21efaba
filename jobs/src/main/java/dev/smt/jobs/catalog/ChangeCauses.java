package dev.smt.jobs.catalog;

import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.TechniqueFootprint;
import dev.smt.technique.Techniques;
import dev.smt.template.ExposedField;
import dev.smt.template.FieldChange;
import dev.smt.template.Template;
import dev.smt.template.TemplateDiff;
import dev.smt.template.TemplateFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Why two versions of a template differ, field by field: the versions between them are walked, from parent to child, and
 * each that moved the field says by which technique; where it was none, by the version's cause.
 */
public final class ChangeCauses {
    private static final String EXPOSED = "exposed";

    private final PublishedTemplates templates;

    public ChangeCauses(PublishedTemplates templates) {
        this.templates = templates;
    }

    /**
     * A field in which two versions differ, and why.
     *
     * @param change the field
     * @param causes in the order of the walk; none between versions of different templates
     */
    public record ExplainedChange(FieldChange change, List<String> causes) {
        public ExplainedChange {
            causes = List.copyOf(causes);
        }

        @Override
        public String toString() {
            return causes.isEmpty() ? change.toString() : change + "   (" + String.join("; ", causes) + ")";
        }
    }

    /** The changes that lead from one version to the other. */
    public List<ExplainedChange> between(TemplateVersionRow from, TemplateVersionRow to) {
        List<FieldChange> changes = TemplateDiff.between(templates.template(from), templates.template(to));
        boolean sameTemplate = from.template().equals(to.template());
        List<TemplateVersionRow> undone = sameTemplate ? since(from, to) : List.of();
        List<TemplateVersionRow> done = new ArrayList<>(sameTemplate ? since(to, from) : List.of());
        Collections.reverse(done);
        List<ExplainedChange> explained = new ArrayList<>();
        for (FieldChange change : changes) {
            if (change.path().equals(EXPOSED)) {
                ExposedChanges.between(templates.template(from), templates.template(to))
                        .forEach(
                                field -> explained.add(new ExplainedChange(field, causes(field.path(), undone, done))));
            } else {
                explained.add(new ExplainedChange(change, causes(change.path(), undone, done)));
            }
        }
        return explained;
    }

    private List<String> causes(String path, List<TemplateVersionRow> undone, List<TemplateVersionRow> done) {
        List<String> causes = new ArrayList<>();
        undone.forEach(version -> cause(version, path).ifPresent(cause -> causes.add("takes back: " + cause)));
        done.forEach(version -> cause(version, path).ifPresent(causes::add));
        return causes;
    }

    /** A version and its ancestors, the youngest first, up to the first that the other one has among its own. */
    private List<TemplateVersionRow> since(TemplateVersionRow version, TemplateVersionRow other) {
        Set<Integer> common = new HashSet<>();
        lineage(other).forEach(row -> common.add(row.version()));
        return lineage(version).stream()
                .takeWhile(row -> !common.contains(row.version()))
                .toList();
    }

    private List<TemplateVersionRow> lineage(TemplateVersionRow version) {
        List<TemplateVersionRow> lineage = new ArrayList<>(List.of(version));
        OptionalInt parent = version.parentVersion();
        while (parent.isPresent()) {
            TemplateVersionRow row = templates.version(version.template(), parent.getAsInt());
            lineage.add(row);
            parent = row.parentVersion();
        }
        return lineage;
    }

    /** Why a version has another value of the field than its parent; empty where it has the same, or has no parent. */
    private Optional<String> cause(TemplateVersionRow version, String path) {
        if (version.parentVersion().isEmpty()) {
            return Optional.empty();
        }
        TemplateVersionRow parentRow =
                templates.version(version.template(), version.parentVersion().getAsInt());
        Template parent = templates.template(parentRow);
        Template child = templates.template(version);
        if (value(parent, path).equals(value(child, path))) {
            return Optional.empty();
        }
        Map<String, String> before = RunJson.texts(parentRow.techniques());
        Map<String, String> after = RunJson.texts(version.techniques());
        String where = " in version " + version.version();
        return setBy(path, after, before, parent, child)
                .map(name -> name + (before.containsKey(name) ? " changed" : " added") + where)
                .or(() -> setBy(path, before, after, child, parent)
                        .map(name -> name + " removed by " + version.cause() + where))
                .or(() -> Optional.of(version.cause() + where));
    }

    private static Optional<String> value(Template template, String path) {
        return ExposedChanges.isPath(path)
                ? ExposedChanges.field(template, path).map(ExposedField::searchedText)
                : TemplateFields.value(template, path);
    }

    /** The technique that is only in {@code with}, or there with another theta, and gives the field the value it has in {@code result}. */
    private static Optional<String> setBy(
            String path, Map<String, String> with, Map<String, String> without, Template start, Template result) {
        return with.entrySet().stream()
                .filter(entry -> !Objects.equals(without.get(entry.getKey()), entry.getValue()))
                .filter(entry -> sets(path, entry.getKey(), entry.getValue(), start, result))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean sets(String path, String name, String theta, Template start, Template result) {
        try {
            Technique technique = Techniques.named(name);
            if (ExposedChanges.isPath(path)) {
                return ExposedChanges.field(result, path).isPresent()
                        && TechniqueFootprint.paths(technique, start).contains(ExposedChanges.fieldOf(path));
            }
            Template applied = technique.apply(start, ParameterValuesJson.read(technique.searchSpace(), theta));
            return !TemplateFields.value(applied, path).equals(TemplateFields.value(start, path))
                    && TemplateFields.value(applied, path).equals(TemplateFields.value(result, path));
        } catch (IllegalArgumentException unknown) {
            // A technique that is no longer on the class path, or has another search space by now: the cause tells.
            return false;
        }
    }
}
