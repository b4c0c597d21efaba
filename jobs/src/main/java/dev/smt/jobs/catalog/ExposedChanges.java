package dev.smt.jobs.catalog;

import dev.smt.template.ExposedField;
import dev.smt.template.FieldChange;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What changes in a template's {@code exposed} list, field by field and in words: its path here is
 * {@code exposed training.decay}, its values what a model may give it.
 */
final class ExposedChanges {
    private static final String PREFIX = "exposed ";

    private ExposedChanges() {}

    /** Fields of the first template in its order, then those that the second adds. */
    static List<FieldChange> between(Template from, Template to) {
        Set<String> paths = new LinkedHashSet<>(from.exposedPaths());
        paths.addAll(to.exposedPaths());
        List<FieldChange> changes = new ArrayList<>();
        for (String path : paths) {
            FieldChange change = new FieldChange(PREFIX + path, text(from, path), text(to, path));
            if (!change.from().equals(change.to())) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Whether a change's path is one of these. */
    static boolean isPath(String path) {
        return path.startsWith(PREFIX);
    }

    /** The path of the field that is exposed. */
    static String fieldOf(String path) {
        return path.substring(PREFIX.length());
    }

    /** What a template exposes at a change's path. */
    static Optional<ExposedField> field(Template template, String path) {
        return template.exposed().stream()
                .filter(field -> field.path().equals(fieldOf(path)))
                .findFirst();
    }

    private static String text(Template template, String path) {
        return field(template, PREFIX + path).map(ExposedField::searchedText).orElse(FieldChange.ABSENT);
    }
}
