package dev.smt.jobs.catalog;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateJson;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The published template versions of a warehouse. A published version never changes: a change is a new version. The
 * built-in templates are version 1.
 */
public final class PublishedTemplates {
    private static final String BUILT_IN = "built-in";

    /** Begins the cause of a version that repeats an earlier one; the earlier one's number follows. */
    private static final String ROLLBACK = "rollback-to-v";

    private final Warehouse warehouse;
    private final Clock clock;
    private final TreeMap<String, TreeMap<Integer, TemplateVersionRow>> versions = new TreeMap<>();
    /** By specification: a study asks for the same few a thousand times. */
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    /** Reads the catalog; writes nothing. */
    public PublishedTemplates(Warehouse warehouse, Clock clock) {
        this.warehouse = warehouse;
        this.clock = clock;
        for (Template template : TemplateCatalog.builtIn()) {
            remember(row(BUILT_IN, template, 1, OptionalInt.empty(), Map.of(), BUILT_IN));
        }
        warehouse.rows(TemplateVersionRow.TABLE).forEach(this::remember);
    }

    /** Template names, sorted. */
    public List<String> names() {
        return List.copyOf(versions.keySet());
    }

    /** All versions, by name and number. */
    public List<TemplateVersionRow> all() {
        return versions.values().stream()
                .flatMap(numbered -> numbered.values().stream())
                .toList();
    }

    /** The latest version of a template. */
    public TemplateVersionRow latest(String template) {
        return numbered(template).lastEntry().getValue();
    }

    /** A version by its reference, such as {@code sparse-nn-medium@2}. */
    public TemplateVersionRow version(String reference) {
        int at = reference.lastIndexOf('@');
        if (at < 1 || !reference.substring(at + 1).matches("[1-9][0-9]{0,8}")) {
            throw new InvalidInputException(
                    "template version is \"" + reference + "\"; allowed: NAME@NUMBER, such as " + examples());
        }
        return version(reference.substring(0, at), Integer.parseInt(reference.substring(at + 1)));
    }

    /** A version by name and number. */
    public TemplateVersionRow version(String template, int number) {
        TemplateVersionRow row = numbered(template).get(number);
        if (row == null) {
            throw new InvalidInputException("template " + template + " has no version " + number + "; published: "
                    + numbered(template).keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return row;
    }

    /** A version by its reference, or the latest one by its template's name alone. */
    public TemplateVersionRow versionOrLatest(String reference) {
        return reference.indexOf('@') < 0 ? latest(reference) : version(reference);
    }

    /** The template of a version. */
    public Template template(TemplateVersionRow row) {
        return templates.computeIfAbsent(row.spec(), TemplateJson::read);
    }

    /**
     * Publishes the next version of a template; the same content as the latest version, written by the same run, is not
     * published twice.
     *
     * @param techniques technique to theta (JSON), of this version and those before
     */
    public TemplateVersionRow publish(
            String runId, Template template, TemplateVersionRow parent, Map<String, String> techniques, String cause) {
        TemplateVersionRow latest = latest(template.name());
        if (latest.specHash().equals(TemplateJson.hash(template))
                && latest.runId().equals(runId)) {
            return latest;
        }
        List<TemplateVersionRow> rows = new ArrayList<>(unpublishedBuiltIns());
        TemplateVersionRow row =
                row(runId, template, latest.version() + 1, OptionalInt.of(parent.version()), techniques, cause);
        rows.add(row);
        warehouse.upsert(TemplateVersionRow.TABLE, rows);
        rows.forEach(this::remember);
        return row;
    }

    /**
     * Publishes the content of an earlier version as the next one, whose parent is the latest. Published rows stay as they
     * are.
     *
     * @throws InvalidInputException where there is no such version, or the latest one has the same content
     */
    public TemplateVersionRow rollback(String runId, String template, int to) {
        TemplateVersionRow wanted = requireRollback(template, to);
        return publish(
                runId,
                template(wanted),
                latest(template),
                RunJson.texts(wanted.techniques()),
                ROLLBACK + wanted.version());
    }

    /** The version to go back to; refuses as {@link #rollback} does, and writes nothing. */
    TemplateVersionRow requireRollback(String template, int to) {
        TemplateVersionRow wanted = version(template, to);
        TemplateVersionRow latest = latest(template);
        if (wanted.specHash().equals(latest.specHash())) {
            throw new InvalidInputException("template " + template + ": its latest version " + latest.version()
                    + " has the content of version " + to + " already; there is nothing to roll back");
        }
        return wanted;
    }

    /** Writes the built-in versions where the warehouse does not have them yet. */
    public void publishBuiltIns() {
        warehouse.append(TemplateVersionRow.TABLE, unpublishedBuiltIns());
    }

    private List<TemplateVersionRow> unpublishedBuiltIns() {
        List<String> stored = warehouse.rows(TemplateVersionRow.TABLE).stream()
                .filter(row -> row.version() == 1)
                .map(TemplateVersionRow::template)
                .toList();
        return all().stream()
                .filter(row -> row.version() == 1 && !stored.contains(row.template()))
                .sorted(Comparator.comparing(TemplateVersionRow::template))
                .toList();
    }

    private TreeMap<Integer, TemplateVersionRow> numbered(String template) {
        TreeMap<Integer, TemplateVersionRow> numbered = versions.get(template);
        if (numbered == null) {
            throw new InvalidInputException(
                    "there is no template \"" + template + "\"; allowed: " + String.join(", ", names()));
        }
        return numbered;
    }

    private String examples() {
        return names().stream().map(name -> name + "@1").collect(Collectors.joining(", "));
    }

    private void remember(TemplateVersionRow row) {
        versions.computeIfAbsent(row.template(), name -> new TreeMap<>()).put(row.version(), row);
    }

    private TemplateVersionRow row(
            String runId,
            Template template,
            int version,
            OptionalInt parent,
            Map<String, String> techniques,
            String cause) {
        return new TemplateVersionRow(
                runId,
                template.name(),
                version,
                parent,
                TemplateJson.write(template),
                TemplateJson.hash(template),
                RunJson.write(techniques),
                clock.instant(),
                cause);
    }
}
