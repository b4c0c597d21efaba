package dev.smt.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Theta as JSON: an object with a member per parameter, by name; numbers keep every bit. */
public final class ParameterValuesJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ParameterValuesJson() {}

    public static String write(ParameterValues theta) {
        ObjectNode object = MAPPER.createObjectNode();
        new TreeMap<>(theta.values()).forEach((name, value) -> object.set(name, MAPPER.valueToTree(value)));
        return object.toString();
    }

    /**
     * Reads theta.
     *
     * @throws IllegalArgumentException when it is not JSON, or not a point of the space: all problems at once
     */
    public static ParameterValues read(SearchSpace space, String json) {
        JsonNode object;
        try {
            object = MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("theta is not JSON: " + json, broken);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        space.parameters().forEach(parameter -> {
            JsonNode node = object.get(parameter.name());
            if (node != null) {
                values.put(parameter.name(), value(parameter, node));
            }
        });
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            values.putIfAbsent(name, object.get(name).asText());
        }
        return space.require(new ParameterValues(values));
    }

    private static Object value(Parameter parameter, JsonNode node) {
        if (parameter instanceof Parameter.Real && node.isNumber()) {
            return node.doubleValue();
        } else if (parameter instanceof Parameter.Whole && node.isIntegralNumber()) {
            return node.longValue();
        } else if (parameter instanceof Parameter.Flag && node.isBoolean()) {
            return node.booleanValue();
        }
        return node.asText();
    }
}
