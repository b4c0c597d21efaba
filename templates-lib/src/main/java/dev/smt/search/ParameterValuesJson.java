package dev.smt.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.search.Parameter.Real;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON form of a point theta: an object with one field per parameter, in the space's order, without white space.
 * Equal points give equal text, and reading gives the written point back, real numbers to the last bit.
 */
public final class ParameterValuesJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ParameterValuesJson() {}

    /**
     * The canonical text.
     *
     * @throws IllegalArgumentException with all problems where the point is not of the space
     */
    public static String write(SearchSpace space, ParameterValues values) {
        ObjectNode object = MAPPER.createObjectNode();
        space.require(values).values().forEach(object::putPOJO);
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a point that has no JSON form: " + values, e);
        }
    }

    /**
     * The point that a text holds; a real parameter may also be written as a whole number.
     *
     * @throws IllegalArgumentException with all problems where the text is no JSON object, or no point of the space
     */
    public static ParameterValues read(SearchSpace space, String json) {
        Map<String, Object> values = new LinkedHashMap<>();
        object(json).properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
        for (Parameter parameter : space.parameters()) {
            if (parameter instanceof Real && values.get(parameter.name()) instanceof Long whole) {
                values.put(parameter.name(), whole.doubleValue());
            }
        }
        return space.require(new ParameterValues(values));
    }

    private static JsonNode object(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "theta is not JSON: " + e.getOriginalMessage() + "; the text is " + json, e);
        }
        throw new IllegalArgumentException("theta is not a JSON object: " + json);
    }

    /** Anything that is no value of a parameter comes back as its text, which no numeric parameter or flag admits. */
    private static Object value(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isTextual() ? node.textValue() : node.toString();
    }
}
