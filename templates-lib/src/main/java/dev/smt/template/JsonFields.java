package dev.smt.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads the fields of one JSON object strictly. Problems are collected, not thrown, so that the reader can tell all of
 * them at once; a field with a problem reads as its fallback, a valid value with which the other fields can be checked.
 */
final class JsonFields {
    private final String path;
    private final Optional<JsonNode> object;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private JsonFields(String path, Optional<JsonNode> object, List<String> problems) {
        this.path = path;
        this.object = object;
        this.problems = problems;
    }

    /** The fields of a document; problems are added to the given list. */
    static JsonFields of(JsonNode root, List<String> problems) {
        if (!root.isObject()) {
            String found = root.isMissingNode() ? "empty" : CanonicalJson.text(root);
            problems.add("the template is " + found + "; expected an object");
        }
        return new JsonFields("", Optional.of(root).filter(JsonNode::isObject), problems);
    }

    /** The fields of a nested object that must be there. */
    JsonFields object(String key) {
        return new JsonFields(path(key), value(key, JsonNode::isObject, "an object"), problems);
    }

    /** The fields of a nested object that may be missing. */
    Optional<JsonFields> optionalObject(String key) {
        known.add(key);
        return object.filter(node -> node.has(key)).map(node -> object(key));
    }

    /** The fields of each object of an array. */
    List<JsonFields> objects(String key) {
        List<JsonFields> objects = new ArrayList<>();
        value(key, node -> isArrayOf(node, JsonNode::isObject), "an array of objects")
                .ifPresent(array -> array.forEach(element -> objects.add(
                        new JsonFields(path(key) + "[" + objects.size() + "]", Optional.of(element), problems))));
        return objects;
    }

    /** Whether the object is there; where not, all its fields read as their fallbacks. */
    boolean isPresent() {
        return object.isPresent();
    }

    int whole(String key, int fallback) {
        return value(key, JsonFields::isInt, "a whole number")
                .map(JsonNode::intValue)
                .orElse(fallback);
    }

    double real(String key, double fallback) {
        return value(key, JsonFields::isFinite, "a number")
                .map(JsonNode::doubleValue)
                .orElse(fallback);
    }

    /** A number, or positive infinity, spelled as a word. */
    double realOr(String key, String infinite) {
        return value(
                        key,
                        node -> isFinite(node) || infinite.equals(node.textValue()),
                        "a number or \"" + infinite + "\"")
                .map(node -> node.isNumber() ? node.doubleValue() : Double.POSITIVE_INFINITY)
                .orElse(Double.POSITIVE_INFINITY);
    }

    String text(String key, String fallback) {
        return value(key, JsonNode::isTextual, "a text")
                .map(JsonNode::textValue)
                .orElse(fallback);
    }

    boolean flag(String key, boolean fallback) {
        return value(key, JsonNode::isBoolean, "true or false")
                .map(JsonNode::booleanValue)
                .orElse(fallback);
    }

    <E extends Enum<E>> E label(String key, Class<E> type, E fallback) {
        return value(
                        key,
                        node -> Labels.read(type, node.asText()).isPresent() && node.isTextual(),
                        "one of " + Labels.allowed(type))
                .flatMap(node -> Labels.read(type, node.textValue()))
                .orElse(fallback);
    }

    List<Integer> wholes(String key) {
        List<Integer> values = new ArrayList<>();
        value(key, node -> isArrayOf(node, JsonFields::isInt), "an array of whole numbers")
                .ifPresent(array -> array.forEach(element -> values.add(element.intValue())));
        return values;
    }

    List<String> texts(String key) {
        List<String> values = new ArrayList<>();
        value(key, node -> isArrayOf(node, JsonNode::isTextual), "an array of texts")
                .ifPresent(array -> array.forEach(element -> values.add(element.textValue())));
        return values;
    }

    /** Whether the object has a key; the caller reads it then. */
    boolean has(String key) {
        return object.filter(node -> node.has(key)).isPresent();
    }

    /** A truth value that is false where it is missing. */
    boolean optionalFlag(String key) {
        known.add(key);
        return has(key)
                && value(key, JsonNode::isBoolean, "true or false")
                        .map(JsonNode::booleanValue)
                        .orElse(false);
    }

    /** Texts, truth values and numbers: each a String, Boolean, Long or Double. */
    List<Object> scalars(String key) {
        List<Object> values = new ArrayList<>();
        value(
                        key,
                        node -> isArrayOf(node, element -> scalar(element).isPresent()),
                        "an array of texts, numbers, true and false")
                .ifPresent(array -> array.forEach(element -> scalar(element).ifPresent(values::add)));
        return values;
    }

    /** The elements of an array, each a text or an object. */
    <T> List<T> textsOrObjects(String key, Function<String, T> ofText, Function<JsonFields, Optional<T>> ofObject) {
        List<T> values = new ArrayList<>();
        value(
                        key,
                        node -> isArrayOf(node, element -> element.isTextual() || element.isObject()),
                        "an array of texts and objects")
                .ifPresent(array -> {
                    for (int i = 0; i < array.size(); i++) {
                        JsonNode element = array.get(i);
                        if (element.isTextual()) {
                            values.add(ofText.apply(element.textValue()));
                        } else {
                            String each = path(key) + "[" + i + "]";
                            ofObject.apply(new JsonFields(each, Optional.of(element), problems))
                                    .ifPresent(values::add);
                        }
                    }
                });
        return values;
    }

    /** A text, truth value or number as a String, Boolean, Long or Double; empty for anything else. */
    static Optional<Object> scalar(JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(node.textValue());
        }
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return Optional.of(node.longValue());
        }
        return isFinite(node) ? Optional.of(node.doubleValue()) : Optional.empty();
    }

    /** Reports the keys that nobody asked for; called after all known ones were read. */
    void rejectUnknown() {
        object.ifPresent(node -> node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(path(key) + " is unknown; " + (path.isEmpty() ? "the template" : path) + " has "
                        + (known.isEmpty() ? "no keys" : String.join(", ", known)));
            }
        }));
    }

    /** Makes a value of the fields; a constructor's refusal becomes a problem. */
    <T> Optional<T> make(Supplier<T> constructor) {
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException e) {
            problems.add(path.isEmpty() ? e.getMessage() : path + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<JsonNode> value(String key, Predicate<JsonNode> holds, String expected) {
        known.add(key);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = object.get().get(key);
        if (value == null) {
            problems.add(path(key) + " is missing; expected " + expected);
            return Optional.empty();
        }
        if (!holds.test(value)) {
            problems.add(path(key) + " is " + CanonicalJson.text(value) + "; expected " + expected);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isInt(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt();
    }

    private static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue());
    }

    private static boolean isArrayOf(JsonNode node, Predicate<JsonNode> element) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode each : node) {
            if (!element.test(each)) {
                return false;
            }
        }
        return true;
    }
}
