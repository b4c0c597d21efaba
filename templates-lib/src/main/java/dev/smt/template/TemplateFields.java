package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a template by path, as in its JSON form: {@code training.dense-learning-rate}. */
public final class TemplateFields {
    /** What a template is, not how it is set. */
    private static final Set<String> NOT_SETTABLE = Set.of("name", "exposed", "techniques");

    private TemplateFields() {}

    /** The paths that can be set, in the format's order. Modules that the template doesn't have, have no paths. */
    public static List<String> paths(Template template) {
        return JsonLeaves.of(template).entrySet().stream()
                .filter(leaf -> !NOT_SETTABLE.contains(leaf.getKey()))
                .filter(leaf -> !leaf.getValue().isObject())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The value at a path, as JSON text; empty where the template has no such field. */
    public static Optional<String> value(Template template, String path) {
        return Optional.ofNullable(JsonLeaves.of(template).get(path)).map(CanonicalJson::text);
    }

    /**
     * A copy with one field set.
     *
     * @param value a Double, Integer, Long, String, Boolean or a list of those, as the field wants
     * @throws InvalidTemplateException when there is no such field or the value isn't allowed there
     */
    public static Template with(Template template, String path, Object value) {
        return withAll(template, Map.of(path, value));
    }

    /**
     * A copy with several fields set.
     *
     * @throws InvalidTemplateException with the problems of all fields
     */
    public static Template withAll(Template template, Map<String, ?> values) {
        List<String> problems = unknown(template, values.keySet(), "is set, but");
        ObjectNode tree = TemplateWriter.tree(template);
        Set<String> settable = Set.copyOf(paths(template));
        values.forEach((path, value) -> {
            if (settable.contains(path)) {
                set(tree, path, json(value));
            }
        });
        try {
            Template changed = TemplateReader.read(tree);
            if (problems.isEmpty()) {
                return changed;
            }
        } catch (InvalidTemplateException e) {
            problems.addAll(e.problems());
        }
        throw new InvalidTemplateException(problems);
    }

    /** The value at a path as a String, Boolean, Long or Double; empty where there is none, or it is a list. */
    public static Optional<Object> scalar(Template template, String path) {
        // Through the canonical text, so that 2.0 is the whole number that it is written as.
        return value(template, path).map(CanonicalJson::parse).flatMap(JsonFields::scalar);
    }

    /**
     * A copy that exposes further fields to its models, with no bounds but the fields' own.
     *
     * @throws InvalidTemplateException with every path that the template doesn't have
     */
    public static Template exposing(Template template, Collection<String> paths) {
        return exposingBounded(
                template, paths.stream().distinct().map(ExposedField::open).toList());
    }

    /**
     * A copy that exposes further fields to its models. A field that is exposed already gets the new bounds.
     *
     * @throws InvalidTemplateException with every path that the template doesn't have
     */
    public static Template exposingBounded(Template template, Collection<ExposedField> fields) {
        List<String> paths = fields.stream().map(ExposedField::path).toList();
        List<String> problems = unknown(template, paths, "is to be exposed, but");
        if (!problems.isEmpty()) {
            throw new InvalidTemplateException(problems);
        }
        List<ExposedField> exposed = new ArrayList<>(fields);
        template.exposed().stream()
                .filter(field -> !paths.contains(field.path()))
                .forEach(exposed::add);
        return template.withExposed(exposed);
    }

    private static List<String> unknown(Template template, Collection<String> paths, String what) {
        List<String> settable = paths(template);
        List<String> problems = new ArrayList<>();
        for (String path : new TreeSet<>(paths)) {
            if (!settable.contains(path)) {
                problems.add("field " + path + " " + what + " template " + template.name()
                        + " has no such field; it has " + String.join(", ", settable));
            }
        }
        return problems;
    }

    private static void set(ObjectNode tree, String path, JsonNode value) {
        ObjectNode node = tree;
        String[] keys = path.split("\\.");
        for (int depth = 0; depth < keys.length - 1; depth++) {
            node = (ObjectNode) node.get(keys[depth]);
        }
        node.set(keys[keys.length - 1], value);
    }

    static JsonNode json(Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            // Through the text, so that 2.0 is the whole number that its canonical form says.
            return CanonicalJson.parse(CanonicalJson.text(CanonicalJson.number(number)));
        }
        if (value instanceof Integer || value instanceof Long) {
            return LongNode.valueOf(((Number) value).longValue());
        }
        if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> array.add(json(element)));
            return array;
        }
        return TextNode.valueOf(String.valueOf(value));
    }
}
