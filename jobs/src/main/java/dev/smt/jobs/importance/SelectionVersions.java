package dev.smt.jobs.importance;

import dev.smt.feature.FeatureSelection;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.catalog.StandingVersions;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.FeatureSelectionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.functions;

/** Pins a feature selection in the next versions of templates, and says what enters and leaves against the one before. */
final class SelectionVersions {
    private static final int SHOWN = 8;

    private final Warehouse warehouse;
    private final PublishedTemplates templates;
    private final StandingVersions standing;
    private final Map<FeatureType, Integer> topK;
    private final List<String> lines = new ArrayList<>();

    /** @param topK of the types whose K templates are to have; the others stay as the templates have them */
    SelectionVersions(
            Warehouse warehouse,
            PublishedTemplates templates,
            StandingVersions standing,
            Map<FeatureType, Integer> topK) {
        this.warehouse = warehouse;
        this.templates = templates;
        this.standing = standing;
        this.topK = topK;
    }

    /** For the user. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Publishes the next version of some templates, unless the one that stands pins the same.
     *
     * @return number of the latest version, by template
     */
    Map<String, String> publish(SortedSet<String> names, String runId, FeatureSelection selection) {
        Map<String, String> outputs = new TreeMap<>();
        Set<String> compared = new TreeSet<>();
        for (String name : names) {
            TemplateVersionRow latest = standing.of(name);
            Template template = templates.template(latest);
            Map<FeatureType, List<String>> before = pinned(template.features().selection());
            if (!all(before).equals(selection.names())) {
                if (!before.isEmpty() && compared.add(template.features().selection())) {
                    lines.addAll(changes(template.features().selection(), before, selection.selected()));
                }
                latest = templates.publish(
                        runId,
                        template.withFeatures(pin(template.features(), runId)),
                        latest,
                        RunJson.texts(latest.techniques()),
                        ImportanceStep.CAUSE);
                lines.add(name + " version " + latest.version() + " published with the feature selection");
            }
            outputs.put(name, Integer.toString(latest.version()));
        }
        return outputs;
    }

    /** A line for each type of which features enter or leave. */
    static List<String> changes(
            String snapshot, Map<FeatureType, List<String>> before, Map<FeatureType, List<String>> now) {
        List<String> lines = new ArrayList<>();
        for (FeatureType type : FeatureType.values()) {
            List<String> old = before.getOrDefault(type, List.of());
            List<String> chosen = now.getOrDefault(type, List.of());
            List<String> parts = new ArrayList<>();
            Set<String> entering = new LinkedHashSet<>(chosen);
            old.forEach(entering::remove);
            Set<String> leaving = new LinkedHashSet<>(old);
            chosen.forEach(leaving::remove);
            if (!entering.isEmpty()) {
                parts.add(list(entering) + (entering.size() == 1 ? " enters" : " enter"));
            }
            if (!leaving.isEmpty()) {
                parts.add(list(leaving) + (leaving.size() == 1 ? " leaves" : " leave"));
            }
            if (!parts.isEmpty()) {
                lines.add("against the selection of run " + snapshot + ", "
                        + type.name().toLowerCase(Locale.ROOT) + ": " + String.join("; ", parts));
            }
        }
        return lines;
    }

    private static String list(Set<String> names) {
        String shown = String.join(", ", names.stream().limit(SHOWN).toList());
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /** K of each type; event features stay as the template has them, a technique adds them. */
    private FeatureTemplate pin(FeatureTemplate features, String runId) {
        EnumMap<FeatureType, Integer> k = new EnumMap<>(FeatureType.class);
        k.putAll(features.topK());
        topK.forEach((type, wanted) -> {
            if (type != FeatureType.EVENT) {
                k.put(type, wanted);
            }
        });
        return features.withSelection(k, runId);
    }

    private Map<FeatureType, List<String>> pinned(String selection) {
        Map<FeatureType, List<String>> pinned = new LinkedHashMap<>();
        warehouse.rows(FeatureSelectionRow.TABLE, functions.col("run_id").equalTo(selection)).stream()
                .sorted(Comparator.comparing((FeatureSelectionRow row) -> FeatureType.valueOf(row.featureType()))
                        .thenComparing(FeatureSelectionRow::rank))
                .forEach(
                        row -> pinned.computeIfAbsent(FeatureType.valueOf(row.featureType()), type -> new ArrayList<>())
                                .add(row.feature()));
        return pinned;
    }

    private static List<String> all(Map<FeatureType, List<String>> selection) {
        return selection.values().stream().flatMap(List::stream).toList();
    }
}
