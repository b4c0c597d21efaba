package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The leaves of a template's JSON tree by path, such as {@code training.dense-learning-rate}. */
final class JsonLeaves {
    private JsonLeaves() {}

    /** Paths in the format's order; a leaf is a value, an array or an empty object. */
    static Map<String, JsonNode> of(Template template) {
        ObjectNode root = TemplateWriter.tree(template);
        root.remove("format-version");
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect("", root, leaves);
        return leaves;
    }

    private static void collect(String prefix, JsonNode node, Map<String, JsonNode> leaves) {
        node.properties().forEach(field -> {
            String path = prefix + field.getKey();
            if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                collect(path + ".", field.getValue(), leaves);
            } else {
                leaves.put(path, field.getValue());
            }
        });
    }
}
