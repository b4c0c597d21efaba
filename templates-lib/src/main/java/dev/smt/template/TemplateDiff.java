package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields in which two templates differ. */
public final class TemplateDiff {
    private TemplateDiff() {}

    /** The changes that lead from one template to the other: in the format's order, added fields last; none if equal. */
    public static List<FieldChange> between(Template from, Template to) {
        Map<String, JsonNode> before = JsonLeaves.of(from);
        Map<String, JsonNode> after = JsonLeaves.of(to);
        Set<String> paths = new LinkedHashSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<FieldChange> changes = new ArrayList<>();
        for (String path : paths) {
            FieldChange change = new FieldChange(path, text(before, path), text(after, path));
            if (!change.from().equals(change.to())) {
                changes.add(change);
            }
        }
        return changes;
    }

    private static String text(Map<String, JsonNode> leaves, String path) {
        return Optional.ofNullable(leaves.get(path)).map(CanonicalJson::text).orElse(FieldChange.ABSENT);
    }
}
